// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate/gates.h"

#include "broker/core/lifecycle.h"

namespace ecluse {
namespace {

// Those that share a failure domain with one that fell go on one at a time: one that is still up
// loses a moment, and one that is down gets one request instead of all.
void FallTogether(Books& books, const Destination& fallen, const Turn& turn) {
  const std::string& domain = books.PolicyOf(fallen).failure_domain;
  if (domain.empty()) return;
  for (const auto& [destination, policy] : books.policies()) {
    if (destination == fallen || policy.failure_domain != domain) continue;
    books.ChangeGate(destination).FellWith(ToString(fallen), policy, turn.now);
  }
}

}  // namespace

void TellHindered(Books& books, const Destination& destination, const outcome::Deferred& why,
                  const Turn& turn) {
  books.ChangeGate(destination).Hindered(why, books.PolicyOf(destination), turn.now);
  // The adapter's own trouble is not the operator's.
  if (why.hindrance != Hindrance::kAdapter) FallTogether(books, destination, turn);
}

void TellGate(Books& books, const Destination& destination, const Outcome* outcome,
              const Turn& turn) {
  Gate& gate = books.ChangeGate(destination);
  const Policy& policy = books.PolicyOf(destination);
  const auto* deferred = outcome ? std::get_if<outcome::Deferred>(outcome) : nullptr;
  if (!outcome) {
    const GateCode before = gate.state().code;
    gate.Silent(policy, turn.now);
    if (before == GateCode::kOpen && gate.state().code != before) {
      FallTogether(books, destination, turn);
    }
  } else if (!deferred || deferred->hindrance == Hindrance::kTechnical) {
    gate.Took(WordOf(*outcome), policy, turn.now);
  } else if (deferred->whole_destination) {
    TellHindered(books, destination, *deferred, turn);
  }
}

void TellMix(Books& books, const State& before, const store::Request& request,
             const Outcome& outcome, const Turn& turn) {
  const bool by_decision = TriesOf(before).said != TriesOf(request.state).said;
  const bool no_decision = DecisionOf(outcome) == Decision::kOther;
  if (!by_decision && !(no_decision && CodeOf(before) != CodeOf(request.state))) return;
  const Destination& destination = request.envelope.destination;
  books.ChangeGate(destination).Heard(WordOf(outcome), books.PolicyOf(destination), turn.now);
}

}  // namespace ecluse
