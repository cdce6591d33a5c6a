// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <memory>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "broker/net/keys.h"
#include "proto/names.h"
#include "tests/conformance/script.h"
#include "tests/conformance/settings.h"
#include "tests/support/programs/process.h"

namespace ecluse::conformance {

struct Practice {
  PracticeId id;
  std::string finess;
  std::string login;
  std::string secret;
  KeyPair keys = {};
};

struct WorldOptions {
  std::string programs;  // folder of the built programs
  std::string name;      // of the promise
  uint32_t in_flight = 16;
  bool scripted = false;  // a Script instead of the real broker
  bool keep = false;      // the folder stays, for somebody to look into
};

// One life of everything: a folder with keys, certificates and files; in it, on loopback, the real
// broker, the stand that plays the operator, and the adapter under test, as often as it is started.
//
// REQUIRES: made, used and destroyed on one thread; see programs::Process.
class World {
 public:
  static constexpr size_t kPractices = 2;

  World(const Settings& settings, WorldOptions options);
  ~World();

  // Stand and broker are ready, and everything that the adapter needs is written.
  absl::Status Start();
  // `which`: 0 or 1, a process each. It is not waited for.
  absl::Status StartAdapter(size_t which);
  // Kills the broker and starts it again, on the same port.
  absl::Status KillAndRestartBroker();
  // Tells the adapter's side of a practice's secret, as [[account]] says.
  absl::Status GiveSecret(const Practice& practice);
  // Says one line to the stand.
  absl::Status Tell(const std::string& line, std::string* answer = nullptr);

  // REQUIRES: the options say `scripted`, and Start() was fine.
  Script& script() { return *script_; }
  programs::Process& adapter(size_t which) { return *adapters_.at(which); }
  const std::vector<Practice>& practices() const { return practices_; }
  LinkOptions PracticeLink(size_t practice) const { return LinkFor(practices_.at(practice).keys); }
  LinkOptions OpsLink() const { return LinkFor(ops_); }
  std::string LedgerPath() const { return Path("ledger"); }
  // Everything that the adapter under test has printed or logged so far.
  std::string Logs() const;
  // Which of broker and stand died by itself, with its last words; empty: both are alive.
  std::string Casualties();
  const std::string& folder() const { return folder_; }
  void Keep() { options_.keep = true; }

 private:
  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  LinkOptions LinkFor(const KeyPair& pair) const;
  absl::Status WriteKeys();
  absl::Status WriteBrokerFiles(const std::string& endpoint) const;
  absl::Status StartStand();
  absl::Status StartBroker();
  absl::Status StartScript();
  absl::Status WriteAdapterFiles() const;
  absl::Status RunToTheEnd(const Command& command, const Values& values);
  programs::Process::Command Filled(const std::string& name, const Command& command,
                                    const Values& values) const;

  const Settings& settings_;
  WorldOptions options_;
  std::string folder_;
  Values values_;  // of the placeholders
  std::vector<Practice> practices_;
  KeyPair broker_key_, adapter_key_, ops_;
  std::string endpoint_;
  int control_port_ = 0;
  int commands_ = 0;
  std::unique_ptr<Script> script_;
  std::unique_ptr<programs::Process> stand_, broker_;
  std::vector<std::unique_ptr<programs::Process>> adapters_;
};

}  // namespace ecluse::conformance
