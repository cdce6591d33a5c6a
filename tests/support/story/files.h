// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <string>
#include <vector>

#include "broker/net/keys.h"
#include "tests/support/patients/people.h"
#include "tests/support/story/player.h"

// The files of the story's world. Settings are those of a demonstration: pauses of seconds where
// a real operator's profile has minutes.
namespace ecluse::story {

// The ramps' ceiling: so many requests of a destination are at the operator at once, at the most.
inline constexpr uint32_t kCeiling = 8;
// Of each destination, beside its names.
std::string StoryPolicy();
std::string BrokerConfig(int port, const std::vector<Player>& players, const std::string& policy);
std::string PeersFile(const std::vector<patients::Practice>& practices,
                      const std::vector<KeyPair>& practice_keys, const std::vector<Player>& players,
                      const KeyPair& ops);
// Cards of each operator's made-up insurer; hearing aids of the first one go elsewhere.
std::string RoutesFile(const std::vector<Player>& players);
// `mail`: the [[endpoint]] of the service that goes by mail; empty: it is left out.
std::string AdapterConfig(int broker_port, const Player& player, const std::string& mail);
// A practice's login at an operator.
std::string LoginOf(const PracticeId& practice, const OperatorId& at);
// What eclusectl reads with --profile.
std::string CtlProfile(int broker_port, const std::string& folder);

// 64 random hex digits.
std::string NewMasterKey();

// Writes a file that only its owner may read.
absl::Status WriteFile(const std::string& path, const std::string& text);

// Ports of loopback that nobody has right now.
std::vector<int> FreePorts(int count);

}  // namespace ecluse::story
