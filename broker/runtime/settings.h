// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <span>
#include <string>
#include <variant>

#include "broker/core/policy.h"
#include "broker/runtime/config.h"
#include "proto/sections.h"

// The table of all settings, and how one is read into its place. For config.cc alone.
namespace ecluse {

template <class Owner>
struct Known {
  using Member = std::variant<std::string Owner::*, bool Owner::*, uint32_t Owner::*,
                              uint64_t Owner::*, absl::Duration Owner::*>;
  const char* name;
  Member member;
  // Both included: seconds for a duration, bytes for a size, thousandths for a rate, else a number.
  // Unused for texts.
  int64_t least;
  int64_t most;
  // Why one would set it, in one line. A text whose default is empty must be given, unless this
  // begins with "optional".
  const char* reason;
  // Kept in thousandths, written in the file with decimals.
  bool is_rate = false;
};

std::span<const Known<Config>> BrokerSettings();
std::span<const Known<Policy>> DestinationSettings();

// Takes the setting, if it is there, into `owner`; a mistake goes to `fields`.
template <class Owner>
void TakeSetting(Fields& fields, const Known<Owner>& known, Owner& owner);

template <class Owner>
SettingText Describe(const std::string& section, const Known<Owner>& known);

}  // namespace ecluse
