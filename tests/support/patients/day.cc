// SPDX-License-Identifier: Apache-2.0
#include "tests/support/patients/day.h"

#include <fmt/format.h>

#include <utility>

#include "proto/content/codec.h"
#include "tests/support/patients/authorisation.h"
#include "tests/support/patients/bill.h"

namespace ecluse::patients {
namespace {

const ServiceId kAuthorisationService = {"authorisation"};
const ServiceId kBillingService = {"billing"};

void FillAuthorisation(Dice& dice, const DayPlan& plan, const Counter& counter,
                       const Practice& practice, Request& request) {
  content::Authorisation asked = Authorisation(dice, practice, plan.today);
  asked.rights.amc = counter.amc;
  wire::Deposit::Item& item = request.item;
  item.format = content::kTyped;
  const bool flows = counter.flow && practice.trade == Trade::kOptician && !dice.OneIn(4);
  item.destination = {counter.run_by, flows ? *counter.flow : kAuthorisationService};
  if (counter.quotations && dice.OneIn(12)) {
    item.kind = Kind::kQuotation;
    item.content = content::Encode(content::Quotation{std::move(asked)});
    return;
  }
  item.kind = Kind::kAuthorisation;
  if (!flows && dice.OneIn(6)) {
    item.destination.run_by = kByCard;
    item.card =
        Card{asked.rights.amc, asked.rights.convention, asked.rights.csr, asked.domain, plan.today};
  }
  const uint64_t then = dice.Below(100);
  if (then < 30 && counter.typed_bills) request.then = then < 20 ? Then::kBillAhead : Then::kBill;
  if (then >= 30 && then < 40) request.then = Then::kCancel;
  item.content = content::Encode(std::move(asked));
}

size_t PracticeOf(const DayPlan& plan, size_t n, size_t practices) {
  if (!plan.chain || practices < 2) return n % practices;
  return n % 2 == 0 ? 0 : 1 + n / 2 % (practices - 1);
}

}  // namespace

std::string MadeUpAmc(size_t n) { return WithLuhnKey(fmt::format("00999990{}", n % 10)); }

absl::StatusOr<std::vector<Request>> MakeDay(const DayPlan& plan,
                                             const std::vector<Practice>& practices) {
  Dice dice(plan.seed);
  std::vector<Request> requests;
  for (int i = 0; i < plan.count; ++i) {
    Request request;
    request.practice = PracticeOf(plan, static_cast<size_t>(i), practices.size());
    const Practice& practice = practices[request.practice];
    const Counter& counter = plan.counters[dice.Below(plan.counters.size())];
    request.item.finess = practice.finess;
    if (counter.bills && dice.OneIn(4)) {
      absl::StatusOr<std::string> bill =
          MakeBill(dice, practice, plan.today, static_cast<uint32_t>(i + 1));
      if (!bill.ok()) return bill.status();
      request.item.destination = {counter.run_by, kBillingService};
      request.item.kind = Kind::kBill;
      request.item.format = kBillFormat;
      request.item.content = *std::move(bill);
    } else {
      FillAuthorisation(dice, plan, counter, practice, request);
    }
    request.item.reference =
        fmt::format("{}-{:06}", request.item.kind == Kind::kBill ? "FAC" : "PEC", i + 1);
    requests.push_back(std::move(request));
  }
  return requests;
}

}  // namespace ecluse::patients
