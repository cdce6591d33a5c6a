// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mixture/mixture.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <utility>
#include <variant>

#include "adapters/protocols/exchange/codec.h"
#include "proto/content/codec.h"
#include "tests/support/patients/authorisation.h"
#include "tests/support/patients/day.h"

namespace ecluse::mixture {
namespace {

// Seeds have days of their own.
absl::CivilDay DayOf(uint64_t seed) {
  return absl::CivilDay(2026, 1, 5) + static_cast<int>(seed % 200);
}

patients::DayPlan Plan(uint64_t seed, int count) {
  patients::DayPlan plan;
  plan.seed = seed;
  plan.count = count;
  plan.today = DayOf(seed);
  plan.counters = {{{"viamedis"}, patients::MadeUpAmc(1), true, true, true, {}},
                   {{"almerys"}, patients::MadeUpAmc(2), false, true, true, {}},
                   {{"oxantis"}, patients::MadeUpAmc(3), true, false, false, {}}};
  return plan;
}

// The same authorisation as the message that the practice's own software built and signed for.
void MakeNative(int n, Request& request) {
  auto content = content::Decode(request.content);
  if (!content.ok() || !std::holds_alternative<content::Authorisation>(*content)) return;
  exchange::Request message;
  message.head = {fmt::format("{}-{}", request.practice, n), request.finess};
  message.asked = std::get<content::Authorisation>(*std::move(content));
  const auto xml = exchange::EncodeCall(message);
  if (!xml.ok()) return;
  request.format = exchange::kMediaType;
  request.content = *xml;
}

}  // namespace

std::vector<Request> Requests(uint64_t seed, int count) {
  const auto practices = patients::MakePractices(99);
  auto day = patients::MakeDay(Plan(seed, count), practices);
  if (!day.ok()) {
    std::fprintf(stderr, "no day of patients: %s\n", std::string(day.status().message()).c_str());
    std::abort();
  }
  patients::Dice dice(seed + 1);
  std::vector<Request> requests;
  for (int n = 0; n < count; ++n) {
    auto& [practice, item, then] = (*day)[static_cast<size_t>(n)];
    Request& r = requests.emplace_back(Request{
        practice, std::move(item.finess), std::move(item.destination), std::move(item.reference),
        item.kind, std::move(item.format), std::move(item.content)});
    if (r.destination.run_by == kByCard) r.destination.run_by = {"viamedis"};
    if (r.kind != Kind::kAuthorisation) continue;
    const uint64_t share = dice.Below(8);
    if (share < 2) MakeNative(n, r);
    if (share >= 6) {
      r.kind = Kind::kBill;
      r.destination.service = {"billing"};
      r.reference = fmt::format("FAC-{:06}", n + 1);
      r.content = patients::MakeInvoice(dice, practices[practice], DayOf(seed),
                                        static_cast<uint32_t>(n + 1));
    }
  }
  return requests;
}

}  // namespace ecluse::mixture
