// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "adapters/client.h"
#include "proto/problem.h"
#include "tests/support/patients/people.h"
#include "tests/support/patients/requests.h"
#include "tests/support/story/tally.h"

namespace ecluse::story {

// What the practice itself knows of one request: the third book, beside the broker's and the
// witnesses'.
struct Note {
  const patients::Request* request = nullptr;
  RequestId receipt = {};                // 0: none
  Destination destination = {};          // as the receipt says
  bool again = false;                    // it was deposited a second time
  bool same_receipt = false;             // and got its first receipt back
  uint32_t answers = 0;                  // final inbox entries that spoke of it
  uint32_t said = 0;                     // words on the way: bit n is Decision n
  bool said_twice = false;               // one of them came twice
  Decision decision = Decision::kOther;  // of the last entry
};

// One practice and its software, on a thread of its own.
class Practice {
 public:
  Practice(const patients::Practice& who, LinkOptions options)
      : who_(who), options_(std::move(options)) {}

  // `again`: the practice will deposit it a second time, as people do who are not sure.
  void WillDeposit(const patients::Request& request, bool again);
  // One of those, as a hurried person types it: what the broker finds wrong with it. An error: it
  // was not refused.
  absl::StatusOr<std::vector<Problem>> DepositWithMistakes(const OperatorId& at);

  // Deposits everything, a few at a time, then once more what it is not sure of. Each receipt is
  // counted when it is heard.
  absl::Status Deposit(Tally& receipts);
  // Reads and acknowledges answers as they come, and deposits what follows from them: documents
  // that are wanted, bills, cancellations. Until `enough` is set. The final answer to each request
  // is counted; before it, what will follow is added to `expected`.
  absl::Status Listen(Tally& answers, std::atomic<uint64_t>& expected,
                      const std::atomic<bool>& enough);

  const patients::Practice& who() const { return who_; }
  const std::deque<Note>& notes() const { return notes_; }

 private:
  void Hear(const wire::InboxEntry& entry, Tally& answers, std::atomic<uint64_t>& expected);
  void Follow(const Note& note, const wire::InboxEntry& entry, std::atomic<uint64_t>& expected);
  absl::Status DepositWhatFollows(Client& client);

  const patients::Practice& who_;
  const LinkOptions options_;
  std::deque<Note> notes_;
  std::deque<patients::Request> follow_ups_;  // notes point into it
  size_t followed_ = 0;                       // so many of them are deposited
};

}  // namespace ecluse::story
