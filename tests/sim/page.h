// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "proto/names.h"
#include "proto/state.h"
#include "proto/wire.h"

namespace ecluse::sim {

// Under what a worker's question "may I begin?" was first put, as far as ops was told.
enum class Permit { kNone, kAllowance, kCanary, kOpen };

// One try, as the checker saw it from outside.
struct Try {
  std::set<WorkerId> granted;  // whom the broker gave the task
  Permit permit = Permit::kNone;
  uint64_t permit_order = 0;
  std::optional<WorkerId> proceeded;  // whom it told to proceed
  absl::Time silent_at;
  bool over = false;     // a report or an answer reached the broker
  bool cleared = false;  // the truth reached the broker: surely not at the operator
};

// All that the checker knows of one request. It never comes from the broker's state: only from
// words that were said, and from the operator's ledger.
struct Page {
  RequestId id;
  PracticeId practice;
  Destination destination;
  std::optional<wire::Deposit::Item> item;  // once the practice holds the receipt
  std::map<uint32_t, Try> tries;
  uint32_t accepted = 0;  // by the operator
  bool refused = false;   // by the operator
  bool answer_handed = false;
  bool refusal_handed = false;
  bool withdraw_handed = false;
  std::optional<StateCode> end;      // the end that somebody was told
  std::optional<uint64_t> position;  // in the inbox
  bool read = false;
};

}  // namespace ecluse::sim
