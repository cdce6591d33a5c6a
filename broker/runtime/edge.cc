// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/edge.h"

#include <string_view>

#include "proto/content/codec.h"
#include "proto/content/keys.h"

namespace ecluse {
namespace {

// The day on which a B2 file was made: AAMMJJ behind the frame of its first record.
std::optional<absl::CivilDay> DayOfFile(std::string_view bytes) {
  if (bytes.size() < 128 || !bytes.starts_with("000")) return std::nullopt;
  const std::string_view text = bytes.substr(55, 6);
  if (!content::IsDigits(text, 6)) return std::nullopt;
  const auto two = [&](size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const absl::CivilDay day(2000 + two(0), two(2), two(4));
  // A day that no calendar has would have become another one.
  const bool exists = day.month() == two(2) && day.day() == two(4);
  return exists ? std::optional(day) : std::nullopt;
}

// What the core asks of a bill, though it never reads one: whom it pays, and from which day its
// delays are counted.
void TellOfBill(wire::Deposit::Item& item, absl::CivilDay today) {
  if (item.format == content::kB2) {
    item.day = DayOfFile(item.content);
  } else if (item.format == content::kTyped) {
    const absl::StatusOr<content::Content> read = content::Decode(item.content);
    const auto* invoice = read.ok() ? std::get_if<content::Invoice>(&*read) : nullptr;
    if (!invoice) return;
    item.payee = invoice->payee_account;
    item.day = invoice->day;
  }
  // Tomorrow may have begun overseas; later days are mistakes.
  if (item.day && *item.day > today + 1) item.day.reset();
}

}  // namespace

const content::Rules& Edge::RulesOf(const wire::Deposit::Item& item, absl::Time now) const {
  static const content::Rules kNone;
  Destination destination = item.destination;
  if (item.card) destination.run_by = routes_.Resolve(*item.card, now).value_or(OperatorId{});
  const auto found = rules_.find(destination);
  return found == rules_.end() ? kNone : found->second;
}

void Edge::Look(wire::Deposit& deposit, absl::Time now) const {
  const absl::CivilDay today = absl::ToCivilDay(now, paris_);
  for (wire::Deposit::Item& item : deposit.items) {
    item.found = content::Check(item.kind, item.format, item.content, RulesOf(item, now), today);
    if (item.follows.value != 0) std::erase_if(item.found, content::GrantBrings);
    item.payee.clear();
    item.day.reset();
    if (item.kind == Kind::kBill) TellOfBill(item, today);
  }
}

}  // namespace ecluse
