// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "broker/net/keys.h"
#include "proto/names.h"
#include "tests/support/operator/witness.h"
#include "tests/support/patients/people.h"
#include "tests/support/story/files.h"
#include "tests/support/story/mail_house.h"
#include "tests/support/story/player.h"

namespace ecluse::story {

// How the operators behave, and how patient everybody is.
struct Manners {
  std::string faults =
      "error=4,busy=1,drop-before=3,drop-after=6,late=8,slow=10,garbage=2,late-ms=2000,slow-ms=500";
  std::string shares =
      "refused=10,other-amount=5,pending-documents=12,unusable=2,pending=12,technical=2";
  std::string decide_millis = "2500";
  bool closed = true;  // to begin with
  std::string waits = kStoryWaits;
  std::string policy = StoryPolicy();
};

struct WorldOptions {
  std::string build;  // folder of the built programs
  bool stays = false;
  bool mail = true;  // bills go by mail where the operator takes them so, if that can be played
  uint64_t seed = 1;
  std::vector<patients::Practice> practices;
  std::vector<std::string> operators = {std::begin(kOperators), std::end(kOperators)};
  Manners manners = {};
};

// A folder of its own with keys, certificates, vaults and configuration; in it, on loopback, the
// broker and, for each operator, an adapter process and the simulated operator.
class World {
 public:
  static absl::StatusOr<std::unique_ptr<World>> Make(WorldOptions options);
  // Ends the programs and removes the folder, unless it stays or is to be kept.
  ~World();

  absl::Status Start();
  // Ends everything at once and removes the folder. The world is not to be used any more; this may
  // be called while another thread still does.
  void Abandon();
  // Says a line to the control port of a simulated operator.
  absl::Status Tell(const OperatorId& who, const std::string& line);
  // The practice has a new secret there, and its login in the adapter's vault is the new one.
  absl::Status ChangeSecret(const OperatorId& at, const PracticeId& practice);
  // Kills the process and starts it again.
  absl::Status KillAndRestart(Process& process);
  // What died by itself, with the end of its log; empty when all are alive.
  std::string Casualties();

  // Why no bills are deposited that would go by mail; empty: they are.
  const std::string& why_no_mail() const { return why_no_mail_; }

  Process& broker() { return *broker_; }
  std::vector<Player>& players() { return players_; }
  LinkOptions OpsLink() const { return LinkFor(ops_); }
  LinkOptions PracticeLink(size_t practice) const { return LinkFor(practice_keys_.at(practice)); }

  // Everything that each simulated operator ever accepted.
  absl::StatusOr<std::map<OperatorId, Witness>> Ledgers();
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
  absl::Status MakePlayers();
  absl::Status MakeMail();
  absl::Status MakeKeys();
  absl::Status MakeVaults();
  absl::Status WriteFiles();
  absl::Status WriteStopScript();
  std::unique_ptr<Process> MakeProcess(const std::string& name, const char* program,
                                       std::vector<std::string> arguments) const;
  std::string MailEndpoint(const Player& player) const;
  void MakeProcesses();
  absl::Status RunVault(std::vector<std::string> arguments, const std::string& input) const;
  absl::Status SetLogin(const OperatorId& at, const PracticeId& practice,
                        const std::string& secret) const;
  std::vector<Process*> Everybody();

  const WorldOptions options_;
  std::string folder_;
  bool keep_ = false;
  int broker_port_ = 0;
  KeyPair broker_key_, ops_;
  std::vector<KeyPair> practice_keys_;
  std::vector<Player> players_;
  std::string why_no_mail_;
  std::unique_ptr<MailHouse> mail_;
  std::unique_ptr<Process> broker_;
};

}  // namespace ecluse::story
