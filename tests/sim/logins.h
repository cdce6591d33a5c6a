// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "proto/hold.h"
#include "proto/wire.h"
#include "tests/sim/page.h"

namespace ecluse::sim {

// What forbids the requests of an account: a refused login, and a rest. As in Permits, a word that
// tightens counts from the moment when the broker noted it, a word that loosens from the moment
// when it reached the broker.
class Logins {
 public:
  using Account = std::pair<OperatorId, PracticeId>;

  // `order` numbers everything that reached the broker.
  void AccountsHanded(const OperatorId& run_by, const wire::Accounts& call);
  void RefusalHanded(const Account& account, uint64_t epoch);
  void LiftHanded(HoldId hold, uint64_t order);

  void AccountsNoted(const OperatorId& run_by, const wire::Accounts& call);
  // `order`: of the report, when it was handed for the first time.
  void RefusalNoted(const Account& account, uint64_t epoch, uint64_t order);
  void RestNoted(const Destination& destination, const PracticeId& practice, absl::Time until);
  // A list of all holds, asked for at `order`, has this one of the rule. What is not true of it;
  // empty: it is right.
  std::string Listed(const Hold& hold, uint64_t order);

  // The broker keeps rests in memory, and forgets which credentials it was told of.
  void BrokerStarts();
  void TimeIs(absl::Time house);

  // Why no request of this account may begin; nullptr: it may.
  const char* WhyNot(const Page& page) const;

 private:
  struct Known {
    uint64_t newest = 0;   // credential that ever reached the broker
    uint64_t noted = 0;    // the newest that it noted in this life
    uint64_t stopped = 0;  // refused, as the broker noted; 0: none
    uint64_t lifted = 0;   // order of the last lifting
    std::set<uint64_t> refused;
  };

  std::map<Account, Known> accounts_;
  std::map<HoldId, Account> holds_;
  std::map<std::pair<Destination, PracticeId>, absl::Time> rests_;
};

}  // namespace ecluse::sim
