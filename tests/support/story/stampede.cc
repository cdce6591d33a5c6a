// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/stampede.h"

#include <fmt/format.h>

#include <algorithm>

namespace ecluse::story {
namespace {

// A machine may be slow; without these a portal that never gets that far would end nothing.
constexpr absl::Duration kForRefusal = absl::Seconds(20);
constexpr absl::Duration kForGate = absl::Seconds(45);

}  // namespace

absl::Status Stampede::Go(Step step, absl::Time now, std::initializer_list<const char*> lines) {
  step_ = step;
  since_ = now;
  for (const char* line : lines) {
    const absl::Status status = world_.Tell(where_.run_by, line);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Stampede::Begin(absl::Time now) {
  return Go(Step::kRecordsNothing, now,
            {"stage authorisation authorisation", "record authorisation technical"});
}

absl::Status Stampede::Look(const wire::StatusReport& report, absl::Time now) {
  if (step_ == Step::kRecordsNothing) return LookForRefusal(report, now);
  if (step_ != Step::kWorks && step_ != Step::kOverrun) return absl::OkStatus();
  const auto at =
      std::ranges::find(report.destinations, where_, &wire::DestinationStatus::destination);
  return at == report.destinations.end() ? absl::OkStatus() : LookAtGate(at->gate, now);
}

absl::Status Stampede::LookForRefusal(const wire::StatusReport& report, absl::Time now) {
  Filter filter;
  filter.run_by = where_.run_by;
  filter.service = where_.service;
  filter.waits = {Wait::kTechnical};
  const absl::StatusOr<std::vector<wire::ListRow>> refused = ops_.ListAll(filter);
  if (!refused.ok()) return refused.status();
  if (refused->empty() && now < since_ + kForRefusal) return absl::OkStatus();
  uint64_t queue = 0;
  for (const auto& count : report.counts) {
    if (count.destination == where_ && count.state == StateCode::kReady) queue += count.requests;
  }
  progress_.Say(fmt::format(
      "  Viamedis has its form again, and records nothing: technical refusal for {} that went "
      "alone.",
      refused->size()));
  progress_.Say(fmt::format("  {} others stay in their queue. Then it records.", queue));
  return Go(Step::kWorks, now,
            {"record authorisation yes", "overload authorisation at-once=10,for=2"});
}

absl::Status Stampede::LookAtGate(const GateState& gate, absl::Time now) {
  const bool late = now >= since_ + kForGate;
  if (step_ == Step::kWorks) {
    const bool rises = gate.code == GateCode::kRamping || gate.code == GateCode::kOpen;
    if (!rises && !late) return absl::OkStatus();
    progress_.Say("  Now everybody comes to Viamedis at once, and the portal falls over.");
    return Go(Step::kOverrun, now, {"others authorisation 11"});
  }
  if (gate.code != GateCode::kReclosed && !late) return absl::OkStatus();
  progress_.Say(fmt::format("  Our gate closed again by itself: \"{}\".", gate.reason));
  progress_.Say(
      "  The crowd thins out. One request goes first, then the ramp, from what it learned.");
  return Go(Step::kOver, now, {"others authorisation 0"});
}

}  // namespace ecluse::story
