// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "adapters/client.h"
#include "tests/support/patients/day.h"
#include "tests/support/story/notes.h"
#include "tests/support/story/tally.h"

namespace ecluse::crash {

// When practices stop.
struct Closing {
  std::atomic<bool> enough = false;  // no more deposits; reads on until everything is answered
  std::atomic<bool> give_up = false;
};

// One practice and its software, on a thread of its own. It deposits for as long as it is let, a
// few at a time, says each deposit until it has the receipt, reads its inbox meanwhile, and writes
// everything down.
class Practice {
 public:
  Practice(const patients::Practice& who, LinkOptions options,
           std::vector<patients::Counter> counters, uint64_t seed);

  // Each receipt and each end of a request is counted when it is heard.
  absl::Status Run(story::Tally& receipts, story::Tally& answers, const Closing& closing);

  // Once Run() has returned.
  story::Notebook TakeNotebook() { return {who_.id, std::move(notes_)}; }

 private:
  absl::Status WriteRequests();
  absl::Status Deposit(Client& client, story::Tally& receipts);
  absl::Status DepositAgain(Client& client);
  absl::Status ReadInbox(Client& client, bool wait, story::Tally& answers);
  void Hear(const wire::InboxEntry& entry, story::Tally& answers);

  const patients::Practice& who_;
  const LinkOptions options_;
  const std::vector<patients::Counter> counters_;
  const uint64_t seed_;
  patients::Dice dice_;
  uint64_t written_ = 0;                    // days' worth of requests
  std::deque<patients::Request> requests_;  // notes point into it
  size_t next_ = 0;                         // the first that was not deposited
  std::deque<story::Note> notes_;
  std::unordered_map<uint64_t, story::Note*> by_receipt_;
  size_t open_ = 0;        // receipts whose end was not heard
  uint64_t position_ = 0;  // in the inbox
};

}  // namespace ecluse::crash
