// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/client.h"
#include "proto/problem.h"
#include "tests/support/patients/people.h"
#include "tests/support/patients/requests.h"
#include "tests/support/story/notes.h"
#include "tests/support/story/tally.h"

namespace ecluse::story {

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

  // Deposits everything, a few at a time, some authorisations with their bills, then once more what
  // it is not sure of. Each receipt is counted when it is heard; bills that go along are added to
  // `expected` instead.
  absl::Status Deposit(Tally& receipts, std::atomic<uint64_t>& expected);
  // Reads and acknowledges answers as they come, and does what follows from them: deposits
  // documents that are wanted, bills, cancellations; decides about bills whose authorisation was
  // not granted as asked. Until `enough` is set. The end of each request is counted; before it,
  // what will follow is added to `expected`.
  absl::Status Listen(Tally& answers, std::atomic<uint64_t>& expected,
                      const std::atomic<bool>& enough);

  const patients::Practice& who() const { return who_; }
  const std::deque<Note>& notes() const { return notes_; }

 private:
  // Something to do at the broker.
  using Act = std::function<absl::Status(Client&)>;

  Note* Find(RequestId receipt);
  Note& Keep(const patients::Request& request, const wire::Receipt& receipt);
  void Hear(const wire::InboxEntry& entry, Tally& answers, std::atomic<uint64_t>& expected);
  void Follow(Note& note, const wire::InboxEntry& entry, Tally& answers,
              std::atomic<uint64_t>& expected);
  void DecideAbout(Note& bill, Tally& answers);
  absl::Status DepositAhead(Client& client, Note& note, std::atomic<uint64_t>& expected);
  std::optional<patients::Request> BillOf(const Note& authorisation) const;
  Act ToDeposit(patients::Request request);
  Act ToWithdraw(RequestId receipt, Tally& answers);

  const patients::Practice& who_;
  const LinkOptions options_;
  std::deque<Note> notes_;
  std::deque<patients::Request> follow_ups_;  // notes point into it
  std::deque<Act> to_do_;
};

}  // namespace ecluse::story
