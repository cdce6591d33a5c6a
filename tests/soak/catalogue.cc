// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "proto/content/codec.h"
#include "tests/soak/measure.h"
#include "tests/support/patients/authorisation.h"
#include "tests/support/patients/bill.h"

namespace ecluse::soak {
namespace {

constexpr uint32_t kPool = 2000;
constexpr absl::CivilDay kToday(2026, 2, 2);

}  // namespace

Catalogue::Catalogue(const Options& options) : chance_(options.seed), requests_(options.requests) {
  for (uint32_t i = 0; i < options.practices; ++i) {
    practices_.push_back({PracticeId{fmt::format("p{:05}", i)}, {fmt::format("75{:07}", i)}});
  }
  for (uint32_t i = 0; i < kOperators; ++i) {
    const OperatorId run_by{fmt::format("operator-{}", i + 1)};
    destinations_.push_back({run_by, {"authorisation"}});
    destinations_.push_back({run_by, {"billing"}});
  }
  patients::Dice dice(options.seed);
  const std::vector<patients::Practice> writers = patients::MakePractices(60);
  for (uint32_t i = 0; i < kPool; ++i) {
    authorisations_.push_back(patients::MakeAuthorisation(dice, dice.Of(writers), kToday));
    if (i % 2 == 0) {
      invoices_.push_back(patients::MakeInvoice(dice, dice.Of(writers), kToday, i + 1));
    } else if (auto bill = patients::MakeBill(dice, dice.Of(writers), kToday, i + 1); bill.ok()) {
      bills_.push_back(*std::move(bill));
    }
  }
  if (bills_.empty()) GiveUp("no bill could be made");
}

Policies Catalogue::PoliciesOf(const Options& options) const {
  Policies policies;
  for (const Destination& destination : destinations_) {
    Policy policy;
    // The floor is the ceiling: README.md says why.
    policy.in_flight = options.in_flight;
    policy.in_flight_least = std::min(options.least, options.in_flight);
    policy.failure_domain = destination.run_by.text;
    if (destination.service.text == "billing") policy.due_working_days = 3;
    policies[destination] = policy;
  }
  return policies;
}

uint32_t Catalogue::OwnPractice(uint64_t n) const {
  const uint32_t drawn = chance_.Below(20 * 1'000'000, n, kPractice);
  if (drawn < 1'000'000) return 0;
  return drawn % static_cast<uint32_t>(practices_.size());
}

bool Catalogue::Follows(uint64_t n) const {
  const auto drawn = [&](uint64_t m) { return chance_.Below(10, m, kFollows) == 0; };
  return n > 0 && drawn(n) && !drawn(n - 1) && DestinationOf(n - 1) % 2 == 0;
}

uint32_t Catalogue::PracticeOf(uint64_t n) const { return OwnPractice(Follows(n) ? n - 1 : n); }

uint32_t Catalogue::DestinationOf(uint64_t n) const {
  // Asked first of all, of itself and of the one before: no request before both can follow.
  const bool bills = chance_.Below(4, n, kService) == 0;
  const bool drawn = chance_.Below(10, n, kFollows) == 0;
  const bool may_follow = n > 0 && drawn && chance_.Below(10, n - 1, kFollows) != 0 &&
                          chance_.Below(4, n - 1, kService) != 0;
  const uint32_t run_by = chance_.Below(kOperators, may_follow ? n - 1 : n, kOperator);
  return 2 * run_by + (bills || may_follow ? 1 : 0);
}

const std::vector<std::string>& Catalogue::PoolOf(uint64_t n) const {
  if (DestinationOf(n) % 2 == 0) return authorisations_;
  return Follows(n) ? invoices_ : bills_;
}

const std::string& Catalogue::ContentOf(uint64_t n) const {
  const std::vector<std::string>& pool = PoolOf(n);
  return pool[chance_.Below(static_cast<uint32_t>(pool.size()), n, kContent)];
}

wire::Deposit::Item Catalogue::ItemOf(uint64_t n) const {
  const bool bill = DestinationOf(n) % 2 == 1;
  wire::Deposit::Item item;
  item.destination = destinations_[DestinationOf(n)];
  item.finess = practices_[PracticeOf(n)].finess.front();
  item.reference = fmt::format("{}-{:09}", bill ? "FAC" : "PEC", n);
  item.kind = bill ? Kind::kBill : Kind::kAuthorisation;
  const bool typed = &PoolOf(n) != &bills_;
  item.format = typed ? std::string(content::kTyped) : std::string(patients::kBillFormat);
  item.content = ContentOf(n);
  if (Follows(n)) item.follows = NumberOf(n - 1);
  return item;
}

}  // namespace ecluse::soak
