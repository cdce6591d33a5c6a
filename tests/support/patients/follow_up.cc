// SPDX-License-Identifier: Apache-2.0
#include "tests/support/patients/follow_up.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "proto/content/codec.h"
#include "tests/support/patients/authorisation.h"

namespace ecluse::patients {
namespace {

Request Following(const Deposited& first, std::string_view prefix, const char* service, Kind kind) {
  Request request;
  request.practice = first.request->practice;
  request.item.destination = {first.destination.run_by, {service}};
  request.item.finess = first.request->item.finess;
  request.item.reference = fmt::format("{}-{}", prefix, first.request->item.reference);
  request.item.kind = kind;
  request.item.format = content::kTyped;
  request.item.follows = first.receipt;
  return request;
}

}  // namespace

Request DocumentFor(const Deposited& first, size_t bytes) {
  Request request = Following(first, "DOC", "authorisation", Kind::kDocument);
  Dice dice(first.receipt.value);
  request.item.content = MakeDocument(dice, "", bytes);
  return request;
}

std::optional<Request> BillAhead(const Deposited& first, absl::CivilDay today, uint32_t number) {
  const auto content = content::Decode(first.request->item.content);
  const auto* asked = content.ok() ? std::get_if<content::Authorisation>(&*content) : nullptr;
  if (asked == nullptr) return std::nullopt;
  Request request = Following(first, fmt::format("FAC{}", number), "billing", Kind::kBill);
  request.item.content = content::Encode(InvoiceOf(*asked, "", today, today, number));
  return request;
}

std::optional<Request> AfterGrant(const Deposited& first, const content::Answer& grant,
                                  absl::CivilDay today, uint32_t number) {
  if (first.request->then == Then::kNothing || first.request->then == Then::kBillAhead ||
      grant.authorisation_number.empty()) {
    return std::nullopt;
  }
  if (first.request->then == Then::kCancel) {
    Request request = Following(first, "ANN", "authorisation", Kind::kCancellation);
    request.item.destination.service = first.destination.service;
    request.item.content = MakeCancellation(grant.authorisation_number);
    return request;
  }
  const auto content = content::Decode(first.request->item.content);
  const auto* asked = content.ok() ? std::get_if<content::Authorisation>(&*content) : nullptr;
  if (asked == nullptr) return std::nullopt;
  const absl::CivilDay granted_on = std::min(grant.granted_on.value_or(today), today);
  Request request = Following(first, "FAC", "billing", Kind::kBill);
  request.item.content =
      content::Encode(InvoiceOf(*asked, grant.authorisation_number, granted_on, today, number));
  return request;
}

wire::Deposit::Item WithMistakes(wire::Deposit::Item item) {
  auto content = content::Decode(item.content);
  if (!content.ok()) return item;
  auto& asked = std::get<content::Authorisation>(*content);
  asked.opener.nir_key = asked.opener.nir_key == "11" ? "12" : "11";
  asked.prescription.prescriber_rpps.back() ^= 1;
  asked.lines.front().price.cents += 100;
  asked.consent = false;
  item.content = content::Encode(*content);
  return item;
}

}  // namespace ecluse::patients
