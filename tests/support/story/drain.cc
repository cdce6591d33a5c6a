// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/drain.h"

#include <absl/time/clock.h>
#include <fmt/format.h>

namespace ecluse::story {
namespace {

std::string Word(GateCode code) {
  switch (code) {
    case GateCode::kOpen:
      return "open again";
    case GateCode::kClosed:
      return "closed";
    case GateCode::kCanary:
      return "one request goes first";
    case GateCode::kSuspected:
      return "suspected: one at a time";
    case GateCode::kRamping:
      return "more and more follow";
    case GateCode::kReclosed:
      return "closed again by the broker";
  }
  return "?";
}

uint64_t CountOf(const wire::StatusReport& report, std::initializer_list<StateCode> states) {
  uint64_t requests = 0;
  for (const auto& count : report.counts) {
    for (const StateCode state : states) requests += count.state == state ? count.requests : 0;
  }
  return requests;
}

}  // namespace

// Each gate's first rise, what the broker closed again, and all of the one that is watched.
bool DrainView::MayInterest(const wire::DestinationStatus& d) {
  if (d.destination == watched_ || d.gate.code == GateCode::kReclosed) return true;
  const bool rises = d.gate.code == GateCode::kRamping || d.gate.code == GateCode::kOpen;
  return rises && rose_.insert(d.destination).second;
}

void DrainView::ShowGates(const wire::StatusReport& report) {
  std::map<GateCode, std::string> news;
  for (const wire::DestinationStatus& d : report.destinations) {
    const auto [known, first_look] = gates_.try_emplace(d.destination, d.gate.code);
    if (!first_look && known->second == d.gate.code) continue;
    known->second = d.gate.code;
    log_.emplace_back(d.destination, d.gate.code);
    if (first_look || !MayInterest(d)) continue;
    std::string& who = news[d.gate.code];
    who += (who.empty() ? "" : ", ") + ToString(d.destination);
  }
  const std::string hour = clock_.Tell(absl::Now());
  for (const auto& [code, who] : news) {
    progress_.Say(fmt::format("  {} {}: {}", hour, Word(code), who));
  }
}

bool DrainView::Look(const wire::StatusReport& report, uint64_t answered, uint64_t requests) {
  ShowGates(report);
  const auto at_operator = CountOf(report, {StateCode::kSending, StateCode::kAwaiting});
  const auto in_doubt = CountOf(report, {StateCode::kInDoubt});
  const auto ended = CountOf(report, {StateCode::kSettled, StateCode::kRejected,
                                      StateCode::kReturned, StateCode::kWithdrawn});
  const auto gone = ended + in_doubt + at_operator;
  progress_.Show(answered, requests,
                 fmt::format("answered; {} at the operators, {} in doubt, {} unsent", at_operator,
                             in_doubt, requests > gone ? requests - gone : 0));
  return ended == requests && answered >= requests;
}

}  // namespace ecluse::story
