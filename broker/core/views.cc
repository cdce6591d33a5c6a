// SPDX-License-Identifier: Apache-2.0
#include "broker/core/views.h"

#include "broker/core/lifecycle.h"

namespace ecluse {
namespace {

using Why = wire::WhyWaiting;

Why WhyReady(const Books& books, const Envelope& envelope, bool disk_low, absl::Time now) {
  if (books.holds().Stops(envelope.destination, envelope.practice)) {
    const bool account = books.holds().AwaitsLogin(envelope.destination.run_by, envelope.practice);
    return account ? Why::kAccount : Why::kHeld;
  }
  const GateState& gate = books.GateOf(envelope.destination).state();
  if (gate.code == GateCode::kClosed && gate.allowance == 0) return Why::kGateClosed;
  if (now < gate.paused_until) return Why::kPaused;
  if (books.rests().Stop(envelope.destination, envelope.practice, now)) return Why::kPaused;
  if (disk_low) return Why::kDiskLow;
  if (gate.code == GateCode::kCanary) return Why::kCanary;
  return Why::kTurn;
}

Why WhyFor(const Books& books, const store::Request& request, bool disk_low, absl::Time now) {
  if (std::holds_alternative<state::Ready>(request.state)) {
    return WhyReady(books, request.envelope, disk_low, now);
  }
  if (const auto* waiting = std::get_if<state::Waiting>(&request.state)) {
    switch (waiting->reason) {
      case Wait::kHeld:
        return Why::kHeld;
      case Wait::kStrikes:
        return Why::kStrikes;
      case Wait::kDamaged:
        return Why::kDamaged;
      case Wait::kRoute:
        return wire::WhyWaiting::kRoute;
      case Wait::kTechnical:
        return wire::WhyWaiting::kTechnical;
      case Wait::kCase:
        return Why::kCase;
      case Wait::kDecide:
        return Why::kDecide;
      case Wait::kConfirm:
        return Why::kConfirm;
      case Wait::kPayee:
        return Why::kPayee;
      case Wait::kExport:
        return Why::kExport;
      case Wait::kQuarantine:
        return Why::kQuarantine;
    }
  }
  if (std::holds_alternative<state::Deferred>(request.state)) return Why::kRetry;
  if (std::holds_alternative<state::Awaiting>(request.state)) return Why::kOperator;
  if (const auto* doubt = std::get_if<state::InDoubt>(&request.state)) {
    return doubt->next_probe_at == absl::InfiniteFuture() ? Why::kPerson : Why::kProbe;
  }
  return Why::kNothing;
}

// The decisions whose bits are set, in the order of their codes.
std::vector<Decision> SaidBy(const Tries& tries) {
  std::vector<Decision> said;
  for (uint8_t code = 1; code < 32; ++code) {
    const Decision decision{code};
    if (tries.said & BitOf(decision)) said.push_back(decision);
  }
  return said;
}

}  // namespace

wire::RequestStatus StatusFor(const Books& books, const store::Request& request, bool disk_low,
                              absl::Time now) {
  const Envelope& envelope = request.envelope;
  wire::RequestStatus status;
  status.number = envelope.id;
  status.destination = envelope.destination;
  status.reference = envelope.reference;
  status.state = CodeOf(request.state);
  status.why = WhyFor(books, request, disk_low, now);
  status.deposited_at = envelope.deposited_at;
  status.attempts = TriesOf(request.state).attempt;
  status.follows = envelope.follows;
  status.said = SaidBy(TriesOf(request.state));
  if (std::holds_alternative<state::Ready>(request.state)) {
    const Queue& queue = books.QueueOf(envelope.destination);
    status.before =
        queue.Before(envelope.practice, queue.AheadInLane(envelope.practice, envelope.RankOf()));
  }
  return status;
}

std::optional<absl::Time> EndOf(const State& state) {
  absl::Time end = absl::InfiniteFuture();
  if (const auto* s = std::get_if<state::Leased>(&state)) end = s->lapses_at;
  if (const auto* s = std::get_if<state::Sending>(&state)) end = s->silent_at;
  if (const auto* s = std::get_if<state::Deferred>(&state)) end = s->retry_at;
  if (const auto* s = std::get_if<state::InDoubt>(&state)) end = s->next_probe_at;
  if (const auto* s = std::get_if<state::Awaiting>(&state)) end = s->next_probe_at;
  if (end == absl::InfiniteFuture()) return std::nullopt;
  return end;
}

}  // namespace ecluse
