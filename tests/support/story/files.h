// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <string>
#include <vector>

#include "broker/net/keys.h"
#include "tests/support/patients/people.h"

// The files of the story's world. Settings are those of a demonstration: pauses of seconds where
// a real operator's profile has minutes.
namespace ecluse::story {

std::string BrokerConfig(int port);
std::string PeersFile(const std::vector<patients::Practice>& practices,
                      const std::vector<KeyPair>& practice_keys, const KeyPair& adapter,
                      const KeyPair& ops);
std::string AdapterConfig(int broker_port, int operator_port);
// What eclusectl reads with --profile.
std::string CtlProfile(int broker_port, const std::string& folder);

// 64 random hex digits.
std::string NewMasterKey();

// Writes a file that only its owner may read.
absl::Status WriteFile(const std::string& path, const std::string& text);

// Ports of loopback that nobody has right now.
std::vector<int> FreePorts(int count);

}  // namespace ecluse::story
