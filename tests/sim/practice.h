// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "proto/identity.h"
#include "proto/wire.h"
#include "tests/sim/caller.h"

namespace ecluse::sim {

struct World;

// A practice's software: deposits, sometimes twice, asks, takes back, reads its inbox.
class Practice {
 public:
  Practice(World& world, identity::Practice who);

  void Start();
  // The number of any of its receipts; 0: it has none yet.
  RequestId AnyReceipt() const;
  // Ops tells it so: what it deposited after the backup it deposits again, and its inbox is read on
  // from where the backup was.
  void BrokerWasRestored();
  // What it still waits for, in words; empty: everything that it wanted to deposit has its receipt,
  // and each receipt its end.
  std::string WaitsFor() const;

 private:
  struct Wanted {
    wire::Deposit::Item item;
    std::optional<RequestId> receipt;
    bool asked = false;  // said at least once: from now on it stays as it is
  };

  void ActLater();
  void Act();
  void Deposit(const std::vector<size_t>& which);
  void FirstTime(Wanted& wanted);
  void DepositSpoilt(wire::Deposit::Item item);
  void DepositNext();
  void DepositAgain();
  void DepositOtherContent();
  void AskStatus();
  void Withdraw();
  void WithdrawThis(RequestId receipt);
  void SayElsewhere(RequestId receipt);
  void SayConfirmed(std::vector<RequestId> receipts);
  // The broker asked what only the practice can say.
  void Answer(RequestId receipt, wire::WhyWaiting why);
  void Hear(const wire::RequestStatus& status);
  void ReadInbox();
  void Read(const wire::InboxEntry& entry);
  std::vector<RequestId> Receipts() const;

  World& world_;
  const identity::Practice who_;
  Caller& caller_;
  std::vector<Wanted> wanted_;
  size_t deposited_ = 0;  // the first so many were asked for at least once
  // Came to its end, as far as it was told. The answer may well come before the
  // receipt.
  std::set<RequestId> ended_;
  uint64_t read_ = 0;  // inbox position
  bool reading_ = false;
};

}  // namespace ecluse::sim
