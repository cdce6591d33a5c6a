// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "proto/wire.h"
#include "tests/support/patients/requests.h"
#include "tests/support/story/tally.h"

namespace ecluse::story {

// What the practice itself knows of one request: the third book, beside the broker's and the
// witness's.
struct Note {
  const patients::Request* request = nullptr;
  RequestId receipt = {};                      // 0: none
  bool again = false;                          // it was deposited a second time
  bool same_receipt = false;                   // and got its first receipt back
  uint32_t answers = 0;                        // inbox entries that spoke of it
  wire::Event event = wire::Event::kAnswered;  // of the last one
};

// One practice and its software, on a thread of its own.
class Practice {
 public:
  Practice(const patients::Practice& who, LinkOptions options)
      : who_(who), options_(std::move(options)) {}

  // `again`: the practice will deposit it a second time, as people do who are not sure.
  void WillDeposit(const patients::Request& request, bool again) {
    notes_.push_back({.request = &request, .again = again});
  }

  // Deposits everything, a few at a time, then once more what it is not sure of. Each receipt is
  // counted when it is heard.
  absl::Status Deposit(Tally& receipts);
  // Reads and acknowledges answers as they come, until `enough` is set. The first answer to each
  // request is counted.
  absl::Status Listen(Tally& answers, const std::atomic<bool>& enough);

  const patients::Practice& who() const { return who_; }
  const std::vector<Note>& notes() const { return notes_; }

 private:
  void Hear(const wire::InboxEntry& entry, Tally& answers);

  const patients::Practice& who_;
  const LinkOptions options_;
  std::vector<Note> notes_;
};

}  // namespace ecluse::story
