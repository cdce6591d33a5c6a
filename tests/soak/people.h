// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "tests/soak/host.h"
#include "tests/soak/oracle.h"
#include "tests/soak/rhythm.h"

namespace ecluse::soak {

// All practices at once: they deposit by the rhythm, repeat one deposit in a hundred, take back one
// in five hundred, look now and then, and read and acknowledge their inboxes.
class Practices {
 public:
  Practices(const Catalogue& catalogue, const Rhythm& rhythm, Oracle& oracle,
            const Options& options);

  // Deposits the next `count` in the turn that comes.
  void Deposit(Host& host, uint64_t count);
  void Visit(Host& host, uint32_t practice);
  // Reads on where there was more.
  void Speak(Host& host);
  bool HasWords() const { return !unread_.empty(); }
  void Hear(const wire::Reply& reply);

  uint64_t deposited() const { return deposited_; }
  uint64_t answers() const { return answers_; }

 private:
  enum What : uint64_t { kRepeats = 32, kWithdraws };

  void DepositOne(Host& host, uint64_t n, bool repeat);
  void Withdraw(Host& host, uint64_t n);
  void HearDeposit(const wire::DepositResult& result, uint64_t n, bool repeat);
  void HearInbox(const wire::InboxResult& result, uint32_t practice);

  const Catalogue& catalogue_;
  const Rhythm& rhythm_;
  Oracle& oracle_;
  Chance chance_;
  uint64_t requests_;
  uint64_t deposited_ = 0;
  uint64_t answers_ = 0;
  std::vector<uint64_t> read_;    // positions
  std::vector<uint32_t> unread_;  // practices with more in the inbox, or something to acknowledge
};

// Ops close everything at first and put the announced hour off once. While it drains they retry
// what waits for a person, settle doubts that no probe could settle by telephone, and reopen what
// closed again for its answers.
class OpsStaff {
 public:
  OpsStaff(const Catalogue& catalogue, Oracle& oracle) : catalogue_(catalogue), oracle_(oracle) {}

  void CloseAll(Host& host, absl::Time announced);
  void PutOff(Host& host, absl::Time announced);
  void ReopenAll(Host& host, bool at_once);
  void Sweep(Host& host);
  void Speak(Host& host);
  bool HasWords() const { return !to_say_.empty(); }
  void Hear(const wire::Reply& reply);

  uint64_t retried() const { return retried_; }
  uint64_t resolved() const { return resolved_; }
  uint64_t reopened() const { return reopened_; }

 private:
  void Say(Host& host, wire::CallBody body);
  void Look(const wire::ListResult& result, bool doubts);

  const Catalogue& catalogue_;
  Oracle& oracle_;
  std::vector<wire::CallBody> to_say_;
  uint64_t retried_ = 0;
  uint64_t resolved_ = 0;
  uint64_t reopened_ = 0;
};

}  // namespace ecluse::soak
