// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "proto/envelope.h"
#include "proto/names.h"
#include "proto/state.h"

namespace ecluse {

// Which requests a look or a bulk act means: those that fit all the parts given. One language for
// list, release, confirm, export, re-route, destroy and dry run; people write it as eclusectl shows
// (`eclusectl help filter`).
struct Filter {
  std::optional<OperatorId> run_by;
  std::optional<ServiceId> service;  // only with run_by
  std::optional<PracticeId> practice;
  std::vector<StateCode> states;  // empty: every state
  absl::Duration older_than;      // zero: any age
  std::vector<Kind> kinds = {};
  std::vector<Wait> waits = {};  // why it waits; with any, only Waiting requests fit
  absl::Duration younger_than = absl::ZeroDuration();
  // Its date comes within this time, or has passed. Zero: any.
  absl::Duration due_within = absl::ZeroDuration();
  bool maybe_twice = false;  // only those with the alarm
  // Of numbers: both included; 0: no bound.
  RequestId from = {};
  RequestId to = {};
  bool operator==(const Filter&) const = default;
};

}  // namespace ecluse
