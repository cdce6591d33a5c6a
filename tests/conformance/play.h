// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/time/time.h>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/client.h"
#include "proto/wire.h"
#include "tests/conformance/world.h"
#include "tests/support/operator/witness.h"
#include "tests/support/programs/ops.h"

namespace ecluse::conformance {

// What is found out about one promise.
struct Finding {
  enum class Word : uint8_t {
    kKept,
    kBroken,
    kNotApplicable,
    kNoPlay,  // broker or stand could not be started or asked: nothing is known of the adapter
  };
  Word word = Word::kKept;
  std::string why;  // one sentence of evidence
};

// One play around the adapter under test: practices deposit, the stand misbehaves as told, and the
// witness's ledger and the broker's own books are looked at.
//
// The first thing that goes wrong is kept and ends the play: whatever is called after it does
// nothing and returns something empty. So a promise reads from top to bottom.
class Play {
 public:
  Play(const Settings& settings, WorldOptions options);

  bool ok() const { return !ended_; }
  void Broken(const std::string& why);
  // The kit's own trouble.
  void NoPlay(const absl::Status& status);
  // Broken unless what was looked at is true.
  void Must(bool is_so, const std::string& otherwise);
  // The end: kept, with its evidence, or what went wrong.
  Finding End(const std::string& evidence);

  void Tell(const std::string& line);
  uint32_t WrongLogins(size_t practice);
  void StartAdapter(size_t which = 0);
  // Starts the first, and lets an ordinary request of each practice through: with secrets that were
  // never let in adapters are rightly slow, and a play would see that instead of what it looks for.
  void StartWarm();
  void KillAdapter(size_t which = 0);
  // Asks it to stop by SIGTERM, waits until it ended, and gives its exit code.
  int StopAdapter(size_t which = 0);
  void RestartBroker();
  void GiveSecret(const Practice& practice);

  // Ordinary contents are all different from each other.
  RequestId Deposit(size_t practice = 0, std::optional<std::string> content = std::nullopt);
  std::string NextContent();
  // A task around the next ordinary content, for a play whose broker is a script.
  wire::Task MakeTask(wire::Task::What what);

  wire::ShowResult Show(RequestId id);
  StateCode StateOf(RequestId id) { return Show(id).row.status.state; }
  wire::RequestStatus StatusOf(RequestId id, size_t practice);
  // The one destination's gate.
  GateState Gate();
  // All that waits in the practice's inbox for this request. Nothing is acknowledged.
  std::vector<wire::InboxEntry> Inbox(RequestId id, size_t practice = 0);
  Witness Ledger();
  // Acceptances of this request's content, byte for byte, whatever key they came under.
  std::vector<Acceptance> Accepted(RequestId id);

  // Waits until it is so. After too long the play is broken: `what` did not happen. A double in
  // the ledger, or an adapter that ended by itself, ends the wait and the play at once.
  void Until(const std::string& what, const std::function<bool()>& is_so);
  void UntilAccepted(RequestId id);
  // Deposits until one is accepted by the operator and not reported yet. Of a stand that was told
  // to be slow.
  RequestId CatchOneUnderWay();
  // The try that began is over: reported, or silent for too long.
  void UntilTryEnded(RequestId id);
  void UntilSettled(const std::vector<RequestId>& ids);

  // At its end nothing that was reported of this request contradicts the ledger.
  void NoLie(RequestId id);

  World& world() { return *world_; }
  // REQUIRES: ok(), and the play's broker is a script.
  Script& script() { return world_->script(); }
  const Settings& settings() const { return settings_; }

 private:
  Client* ClientOf(size_t practice);
  programs::Ops* AskOps();
  void NoDouble();
  void AdaptersLive();

  const Settings& settings_;
  std::unique_ptr<World> world_;
  std::array<std::unique_ptr<Client>, World::kPractices> clients_;
  std::unique_ptr<programs::Ops> ops_;
  std::array<bool, 2> running_ = {};  // which adapters should live
  void Remember(RequestId id, const std::string& content);
  std::map<RequestId, std::string> content_;
  std::map<RequestId, std::string> digest_;
  std::map<std::string, RequestId> by_digest_;
  std::optional<Finding> ended_;
};

// A request as people and logs call it.
std::string NameOf(RequestId id);
std::string NameOf(StateCode state);

}  // namespace ecluse::conformance
