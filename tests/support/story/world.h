// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <memory>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "broker/net/keys.h"
#include "proto/names.h"
#include "tests/support/patients/people.h"
#include "tests/support/programs/process.h"

namespace ecluse::story {

using programs::Process;

// Who plays: the operator of the story is simulated, whatever its name.
inline const OperatorId kOperator = {"viamedis"};
inline const Destination kAuthorisation = {kOperator, {"authorisation"}};
inline const Destination kBilling = {kOperator, {"billing"}};

struct WorldOptions {
  std::string build;  // folder of the built programs
  bool stays = false;
  uint64_t seed = 1;
  std::vector<patients::Practice> practices;
};

// A folder of its own with keys, certificates and configuration; in it, on loopback, the broker,
// one adapter process and the simulated operator, whose portal is closed to begin with.
class World {
 public:
  static absl::StatusOr<std::unique_ptr<World>> Make(WorldOptions options);
  // Ends the programs and removes the folder, unless it stays or is to be kept.
  ~World();

  absl::Status Start();
  // The operator's portal accepts connections from now on.
  absl::Status OpenPortal();
  // Kills the process and starts it again.
  absl::Status KillAndRestart(Process& process);
  // What died by itself, with the end of its log; empty when all are alive.
  std::string Casualties();

  Process& broker() { return *broker_; }
  Process& adapter() { return *adapter_; }
  LinkOptions OpsLink() const { return LinkFor(ops_); }
  LinkOptions PracticeLink(size_t practice) const { return LinkFor(practice_keys_.at(practice)); }

  // The simulated operator's ledger of everything that it ever accepted.
  std::string LedgerPath() const { return Path("ledger"); }
  const std::string& folder() const { return folder_; }
  // For people: what to try while everything is running, and how to stop it.
  absl::StatusOr<std::string> Hints();
  // The folder is not removed: somebody may want to look into the logs.
  void Keep() { keep_ = true; }

 private:
  explicit World(WorldOptions options) : options_(std::move(options)) {}
  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::string Program(const std::string& path) const { return options_.build + "/" + path; }
  LinkOptions LinkFor(const KeyPair& pair) const;
  absl::Status MakeKeys();
  absl::Status WriteFiles();
  absl::Status WriteStopScript();
  void MakeProcesses();

  const WorldOptions options_;
  std::string folder_;
  bool keep_ = false;
  int broker_port_ = 0;
  int operator_port_ = 0;
  int control_port_ = 0;
  KeyPair broker_key_, adapter_key_, ops_;
  std::vector<KeyPair> practice_keys_;
  std::unique_ptr<Process> operator_, broker_, adapter_;  // in the order of their start
};

}  // namespace ecluse::story
