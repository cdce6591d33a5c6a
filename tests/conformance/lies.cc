// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/lies.h"

#include <fmt/format.h>

#include <algorithm>

#include "proto/outcome.h"

namespace ecluse::conformance {
namespace {

// The broker's and the operator's clocks are one, but a journal tells the beginning of a turn.
constexpr absl::Duration kTurn = absl::Milliseconds(100);

bool AnyWithin(const std::vector<Acceptance>& accepted, absl::Time from, absl::Time to) {
  return std::ranges::any_of(accepted,
                             [&](const Acceptance& a) { return from <= a.at && a.at < to; });
}

// When the next try begins.
absl::Time NextBegin(const std::vector<JournalEntry>& history, size_t after) {
  for (size_t i = after + 1; i < history.size(); ++i) {
    if (history[i].cause == CauseCode::kBegun) return history[i].at;
  }
  return absl::InfiniteFuture();
}

}  // namespace

std::vector<Try> TriesOf(const std::vector<JournalEntry>& history) {
  std::vector<Try> tries;
  for (size_t i = 0; i < history.size(); ++i) {
    if (history[i].cause != CauseCode::kBegun) continue;
    tries.push_back({&history[i], i + 1 < history.size() ? &history[i + 1] : nullptr});
  }
  return tries;
}

std::optional<std::string> FindLie(const std::vector<JournalEntry>& history,
                                   const std::vector<Acceptance>& accepted) {
  absl::Time begun = absl::InfiniteFuture();
  for (size_t i = 0; i < history.size(); ++i) {
    const JournalEntry& entry = history[i];
    if (entry.cause == CauseCode::kBegun) begun = entry.at - kTurn;
    const bool probe = entry.cause == CauseCode::kFound;
    const bool told = probe || entry.cause == CauseCode::kReported ||
                      entry.cause == CauseCode::kAnswered || entry.cause == CauseCode::kRemark;
    if (!told) continue;
    const bool taken =
        entry.outcome == OutcomeCode::kAnswered || entry.outcome == OutcomeCode::kAccepted;
    if (taken && !AnyWithin(accepted, absl::InfinitePast(), entry.at + kTurn)) {
      return fmt::format("try {} was reported as taken, but the operator had not accepted it",
                         entry.attempt);
    }
    if (entry.outcome != OutcomeCode::kDeferred) continue;
    // Other hindrances of a probe say that the operator could not be asked.
    const bool absent = entry.detail == static_cast<uint8_t>(Hindrance::kAbsent);
    if (probe && absent && AnyWithin(accepted, absl::InfinitePast(), entry.at)) {
      return "a probe told that the operator never had it, but it had";
    }
    if (!probe && AnyWithin(accepted, begun, NextBegin(history, i))) {
      return fmt::format("try {} was reported as surely not sent, but the operator accepted it",
                         entry.attempt);
    }
  }
  return std::nullopt;
}

}  // namespace ecluse::conformance
