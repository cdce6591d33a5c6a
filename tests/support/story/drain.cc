// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/drain.h"

#include <fmt/format.h>

namespace ecluse::story {
namespace {

std::string Word(GateCode code) {
  switch (code) {
    case GateCode::kOpen:
      return "open: now the rest";
    case GateCode::kClosed:
      return "closed";
    case GateCode::kCanary:
      return "one request goes first";
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

void DrainView::ShowGates(const wire::StatusReport& report) {
  for (const wire::DestinationStatus& d : report.destinations) {
    const auto known = gates_.find(d.destination);
    if (known != gates_.end() && known->second == d.gate.code) continue;
    gates_[d.destination] = d.gate.code;
    progress_.Say(fmt::format("  {}: {}", ToString(d.destination), Word(d.gate.code)));
  }
}

absl::StatusOr<bool> DrainView::Look(uint64_t answered, uint64_t requests) {
  const absl::StatusOr<wire::StatusReport> report = ops_.Status();
  if (!report.ok()) return report.status();
  ShowGates(*report);
  const auto at_operator = CountOf(*report, {StateCode::kSending, StateCode::kAwaiting});
  const auto in_doubt = CountOf(*report, {StateCode::kInDoubt});
  const auto ended = CountOf(*report, {StateCode::kSettled, StateCode::kRejected});
  const auto gone = ended + in_doubt + at_operator;
  progress_.Show(answered, requests,
                 fmt::format("answered; {} at the operators, {} in doubt, {} unsent", at_operator,
                             in_doubt, requests > gone ? requests - gone : 0));
  return ended == requests && answered >= requests;
}

}  // namespace ecluse::story
