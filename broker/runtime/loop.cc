// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/loop.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "proto/codec.h"

namespace ecluse {
absl::Status Loop::Turn() {
  const absl::Duration patience = ports_.broker.NextWakeup() - ports_.now();
  const absl::Duration most = waiting_.empty() ? kMostPatience : kCopyPatience;
  std::vector<Received> heard =
      ports_.transport.Receive(std::clamp(patience, absl::ZeroDuration(), most));

  // Time stands still during a turn.
  const absl::Time now = ports_.now();
  Step step;
  ports_.broker.Tick(ports_.vitals(now), now, step);
  for (Received& received : heard) Hear(std::move(received), now, step);
  ports_.broker.Finish(now, step);

  absl::StatusOr<store::Committed> committed = ports_.store.Commit(step.batch);
  if (!committed.ok()) return committed.status();
  ++counts_.turns;
  gate_log_.Note(step.batch);
  LogHolds(step.batch);
  LogAlarms(step.batch);
  std::vector<Step::Copy> copies = std::move(step.copies);
  for (const Outbound& outbound : std::move(step).Release(*committed)) {
    Say(outbound.peer, outbound.reply);
  }
  TellOfCopy();
  for (Step::Copy& copy : copies) Backup(std::move(copy));
  return absl::OkStatus();
}

void Loop::Say(const Peer& peer, const wire::Reply& reply) {
  ports_.transport.Send(peer, EncodeReply(reply));
  ++counts_.replies;
}

void Loop::Backup(Step::Copy copy) {
  if (ports_.copying == nullptr) {
    return Say(copy.peer, {copy.correlation, Error{ErrorCode::kBackup, "backup_directory"}});
  }
  if (waiting_.empty()) {
    const absl::Status begun = ports_.copying->Begin(ports_.store, copy.name);
    if (!begun.ok()) return Tell(copy, begun);
    waiting_.push_back(std::move(copy));
    return TellOfCopy();
  }
  // A call is said again until it is answered, and a copy takes longer than that.
  const auto same = [&copy](const Step::Copy& other) {
    return other.peer == copy.peer && other.correlation == copy.correlation;
  };
  if (copy.name != waiting_.front().name || waiting_.size() == kMostWaiting) {
    return Say(copy.peer, {copy.correlation, Error{ErrorCode::kBackup, "under_way"}});
  }
  if (std::none_of(waiting_.begin(), waiting_.end(), same)) waiting_.push_back(std::move(copy));
}

void Loop::TellOfCopy() {
  if (waiting_.empty()) return;
  const std::optional<absl::Status> ended = ports_.copying->Ended();
  if (!ended) return;
  const std::vector<Step::Copy> waiting = std::exchange(waiting_, {});
  for (Step::Copy copy : waiting) {
    copy.last_request = waiting.front().last_request;
    Tell(copy, *ended);
  }
}

void Loop::Tell(const Step::Copy& waiting, const absl::Status& made) {
  const std::string path = ports_.copying->PathOf(waiting.name);
  if (made.ok()) {
    spdlog::info("backup {} is made, up to request {}", path, waiting.last_request.value);
    return Say(waiting.peer, {waiting.correlation, wire::BackupResult{path, waiting.last_request}});
  }
  spdlog::error("backup {} could not be made: {}", path, std::string(made.message()));
  const char* field = absl::IsAlreadyExists(made) ? "name" : "backup_directory";
  Say(waiting.peer, {waiting.correlation, Error{ErrorCode::kBackup, field}});
}

void Loop::Hear(Received received, absl::Time now, Step& step) {
  ++counts_.calls;
  std::variant<wire::Call, BadMessage> decoded = DecodeCall(std::move(received.frames));
  if (const auto* bad = std::get_if<BadMessage>(&decoded); bad != nullptr || received.oversized) {
    ++counts_.bad_messages;
    const uint64_t correlation =
        bad != nullptr ? bad->correlation : std::get<wire::Call>(decoded).correlation;
    const Error error = received.oversized ? Error{ErrorCode::kTooLarge, ""} : bad->error;
    step.Say(std::move(received.peer), {correlation, error});
    return;
  }
  wire::Call call = std::get<wire::Call>(std::move(decoded));
  if (auto* deposit = std::get_if<wire::Deposit>(&call.body)) ports_.edge.Look(*deposit, now);
  ports_.broker.Handle({std::move(received.peer), std::move(received.who), std::move(call)}, now,
                       step);
}

// What a rule placed, nobody typed: ops hear of it here. What people placed they know; their words
// stay in the store.
void Loop::LogHolds(const store::Batch& batch) const {
  for (const Hold& hold : batch.placed) {
    const std::string practice = hold.scope.practice.value_or(PracticeId{}).text;
    const std::string run_by = hold.scope.run_by.value_or(OperatorId{}).text;
    switch (hold.rule) {
      case HoldRule::kPerson:
        break;
      case HoldRule::kCredentials:
        spdlog::warn("hold {} on the account of {} at {}: {}", hold.id.value, practice, run_by,
                     hold.reason);
        break;
      case HoldRule::kRestored:
        spdlog::warn("hold {} on everything: {}", hold.id.value, hold.reason);
        break;
      case HoldRule::kIncident:
        spdlog::warn("hold {}: incident at {}, declared by {}; passwords set before {} wait",
                     hold.id.value, run_by, hold.owner, absl::FormatTime(hold.since));
        break;
      case HoldRule::kQuarantine:
        spdlog::warn("hold {}: {} is in quarantine, by {}", hold.id.value, practice, hold.owner);
        break;
    }
  }
  for (const HoldId id : batch.lifted) spdlog::info("hold {} is lifted", id.value);
}

void Loop::LogAlarms(const store::Batch& batch) const {
  for (const store::Transition& change : batch.transitions) {
    if (!TriesOf(change.after).maybe_twice || TriesOf(change.before).maybe_twice) continue;
    spdlog::error("request {}: the operator may hold it twice, ask it", change.id.value);
  }
}

}  // namespace ecluse
