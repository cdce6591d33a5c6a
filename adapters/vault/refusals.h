// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <map>
#include <string>

#include "proto/names.h"

namespace ecluse {

// What is known against an account's login: nothing secret.
struct Refusal {
  uint64_t epoch = 0;
  bool refused = false;     // the operator did not take it: never to be used again
  uint32_t suspicions = 0;  // words that may have meant a wrong login, one after the other
  bool operator==(const Refusal&) const = default;
};
using Refusals = std::map<PracticeId, Refusal>;

// The file beside the vault, one line each: "practice epoch refused|suspected N". No file: none.
absl::StatusOr<Refusals> ReadRefusals(const std::string& path);

// The text of such a file, and back.
absl::StatusOr<Refusals> ParseRefusals(const std::string& text, const std::string& path);
std::string RefusalsText(const Refusals& refusals);

// Puts one in or, where it says nothing bad, takes the practice's out; other processes' lines stay.
// On disk on return.
absl::Status NoteRefusal(const std::string& path, const PracticeId& practice,
                         const Refusal& refusal);

}  // namespace ecluse
