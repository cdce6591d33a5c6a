// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <utility>

#include "proto/names.h"
#include "proto/wire.h"

namespace ecluse::sim {

struct World;

// The practices' accounts at the operators. From some moment an operator refuses a credential, for
// ever; some time later a person sets a new one, and adapters tell the broker of it: now or later,
// once or again, and sometimes of the old one.
class Accounts {
 public:
  explicit Accounts(World& world);

  void Start();
  // The credential that the adapters use now.
  uint64_t EpochOf(const OperatorId& run_by, const PracticeId& practice) const;
  bool Refuses(const OperatorId& run_by, const PracticeId& practice, uint64_t epoch) const;
  // What an adapter of this operator tells when it starts.
  wire::Accounts All(const OperatorId& run_by) const;

  // Faults stop: every refused credential is renewed.
  void PutRight();

 private:
  using Key = std::pair<OperatorId, PracticeId>;
  struct Account {
    uint64_t epoch = 1;
    uint64_t refused = 0;                      // this and all before it
    uint64_t told = 0;                         // noted by the broker
    absl::Time set_at = absl::InfinitePast();  // house time
  };

  void FailLater(const Key& key);
  void Renew(const Key& key);
  void Rotate(const Key& key);
  void RotateLater(const Key& key);
  void TellLater(const Key& key, uint64_t epoch, absl::Duration wait);

  World& world_;
  std::map<Key, Account> accounts_;
};

}  // namespace ecluse::sim
