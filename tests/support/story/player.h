// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <memory>
#include <string>
#include <vector>

#include "broker/net/keys.h"
#include "proto/profile/profile.h"
#include "tests/support/patients/day.h"
#include "tests/support/programs/process.h"

namespace ecluse::story {

using programs::Process;

// An operator of the story: simulated, whatever its name, with its real profile and the real
// adapter.
struct Player {
  profile::Profile profile;  // of the story's copy, with short waits
  int port = 0;
  int control_port = 0;
  KeyPair adapter_key;
  std::unique_ptr<Process> simulated, adapter;

  const OperatorId& id() const { return profile.name; }
};

// In the order in which the story speaks of them.
inline constexpr const char* kOperators[] = {"viamedis", "oxantis", "almerys", "carte-blanche",
                                             "generation"};

// The operator's own profile with timeouts of seconds: a demonstration can't wait for minutes.
// `waits`: lines of its drivers.
inline constexpr char kStoryWaits[] = "connect_timeout = \"2s\"\ntotal_timeout = \"4s\"\n";
absl::StatusOr<std::string> ProfileWithShortWaits(const std::string& name,
                                                  const std::string& waits);

// All destinations of a player, or only those beside the mail.
std::vector<Destination> DestinationsOf(const Player& player);
std::vector<Destination> PortalsOf(const Player& player);
bool ByMail(const profile::Service& service);
// What practices know of them, each with an insurer of its own. `mail`: bills may go by mail.
std::vector<patients::Counter> CountersOf(const std::vector<Player>& players, bool mail);

}  // namespace ecluse::story
