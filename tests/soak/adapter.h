// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "tests/soak/calendar.h"
#include "tests/soak/host.h"
#include "tests/soak/operator.h"

namespace ecluse::soak {

// One destination's adapter: pulls, begins, gives to its operator, reports, asks. It keeps the
// worker's contract. Words between it and the broker are never lost.
class Adapter {
 public:
  Adapter(uint32_t place, const Catalogue& catalogue, const Options& options, Operators& operators,
          Calendar& calendar);

  // Says what it has to say in the turn that comes.
  void Speak(Host& host);
  bool HasWords() const;
  void Hear(const wire::Reply& reply, Oracle& oracle, absl::Time now);
  // The operator's reply is there, or will not come.
  void Report(uint64_t request);
  // A login that was refused is renewed: all accounts of the practice are told anew.
  void Renew(uint32_t practice);
  // Which credentials it has, of the operator's whole vault: once for each operator.
  void TellAccounts(Host& host, absl::Time now);
  // The broker died, and with it what it was asked and had not answered.
  void LoseCalls();

  // Sends the next request that it gets a second time: for --bug sends-twice.
  void SendTwice() { sends_twice_ = true; }
  uint64_t begun() const { return begun_; }

 private:
  struct InHand {
    uint32_t attempt = 0;
    wire::Task::What what = wire::Task::What::kDeliver;
    std::string content;
    std::optional<Outcome> outcome;
    StoreEpoch epoch = 0;
  };
  void Take(const wire::Work& work);
  void Proceed(const wire::Proceed& proceed, Oracle& oracle, absl::Time now);
  void Noted(const wire::Noted& noted, Oracle& oracle);
  void NoteLogin(const Outcome& outcome, uint64_t n, absl::Time now);

  const uint32_t place_;
  const Catalogue& catalogue_;
  Operators& operators_;
  Calendar& calendar_;
  const identity::Adapter who_;
  const std::string peer_;
  const WorkerId worker_;
  const uint32_t slots_;
  absl::btree_map<RequestId, InHand> hand_;
  std::vector<RequestId> to_begin_;
  std::vector<RequestId> asked_;                // probes that were not asked yet
  std::vector<RequestId> tried_;                // to report
  std::vector<RequestId> probed_;               // to report
  std::vector<uint32_t> renewed_;               // practices
  std::deque<std::vector<RequestId>> unheard_;  // reports that were not noted yet
  bool pull_waits_ = false;
  bool freed_ = true;
  bool sends_twice_ = false;
  uint64_t begun_ = 0;
};

}  // namespace ecluse::soak
