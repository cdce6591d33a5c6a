// SPDX-License-Identifier: Apache-2.0
#include "tests/support/patients/requests.h"

#include <fmt/format.h>

#include "tests/support/patients/authorisation.h"
#include "tests/support/patients/bill.h"

namespace ecluse::patients {

std::string MakeScan(Dice& dice, size_t bytes) {
  std::string scan = "%PDF-1.4\n% synthetic scan\n";
  while (scan.size() < bytes) {
    uint64_t word = dice.Next();
    for (int i = 0; i < 8; ++i, word >>= 8) scan += static_cast<char>(word & 0xFF);
  }
  scan.resize(bytes);
  return scan;
}

absl::StatusOr<std::vector<Request>> MakeRequests(const Plan& plan,
                                                  const std::vector<Practice>& practices) {
  constexpr size_t kScanBytes = 200'000;
  Dice dice(plan.seed);
  std::vector<Request> requests;
  const int scan_every = plan.documents > 0 ? plan.count / plan.documents : 0;
  for (int i = 0; i < plan.count; ++i) {
    const size_t who = static_cast<size_t>(i) % practices.size();
    const Practice& practice = practices[who];
    wire::Deposit::Item item;
    item.finess = practice.finess;
    if (scan_every > 0 && i % scan_every == scan_every / 2) {
      item.destination = {plan.run_by, plan.authorisation};
      item.kind = Kind::kDocument;
      item.reference = fmt::format("SCAN-{:06}", i + 1);
      item.format = "application/pdf";
      item.content = MakeScan(dice, kScanBytes);
    } else if (dice.Below(9) < 5) {
      item.destination = {plan.run_by, plan.authorisation};
      item.kind = Kind::kAuthorisation;
      item.reference = fmt::format("PEC-{:06}", i + 1);
      item.format = content::kTyped;
      item.content = MakeAuthorisation(dice, practice, plan.today);
    } else {
      absl::StatusOr<std::string> bill =
          MakeBill(dice, practice, plan.today, static_cast<uint32_t>(i + 1));
      if (!bill.ok()) return bill.status();
      item.destination = {plan.run_by, plan.billing};
      item.kind = Kind::kBill;
      item.reference = fmt::format("FAC-{:06}", i + 1);
      item.format = kBillFormat;
      item.content = *std::move(bill);
    }
    requests.push_back({who, std::move(item)});
  }
  return requests;
}

}  // namespace ecluse::patients
