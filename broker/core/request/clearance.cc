// SPDX-License-Identifier: Apache-2.0
#include "broker/core/request/clearance.h"

#include <algorithm>

namespace ecluse {
namespace {

// Deposited, or last confirmed by its practice, so long ago that the practice is asked first.
bool IsStale(const Policy& policy, const store::Request& request, absl::Time now) {
  if (policy.confirm_after <= absl::ZeroDuration()) return false;
  const Tries& tries = TriesOf(request.state);
  return now - std::max(request.envelope.deposited_at, tries.confirmed_at) > policy.confirm_after;
}

}  // namespace

std::optional<Clearance::Obstacle> Clearance::Find(const Turn& turn,
                                                   const store::Request& request) {
  const Envelope& envelope = request.envelope;
  const Tries& tries = TriesOf(request.state);
  const Policy& policy = books_.PolicyOf(envelope.destination);
  if (tries.epoch != books_.epoch() && !policy.idempotent) {
    return Obstacle{cause::Fenced{}, "restored since: the operator is asked first"};
  }
  if (books_.holds().IsQuarantined(envelope.practice) && !tries.cleared) {
    return Obstacle{cause::Parked{Wait::kQuarantine}, "its practice is in quarantine"};
  }
  if (books_.holds().StopsFinely(envelope)) return Obstacle{cause::Held{}, "held"};
  if (books_.IsAstray(request, turn.now)) {
    return Obstacle{cause::Rerouted{}, "the card's requests go elsewhere"};
  }
  if (std::optional<Cause> cause = cases_.Look(turn, request)) {
    return Obstacle{*std::move(cause), "by the order of its case"};
  }
  if (IsStale(policy, request, turn.now)) {
    return Obstacle{cause::Parked{Wait::kConfirm}, "old: does the practice still want it?"};
  }
  if (payees_.Changed(envelope) && !tries.payee_seen) {
    return Obstacle{cause::Parked{Wait::kPayee}, "the bank account to be paid changed"};
  }
  return std::nullopt;
}

}  // namespace ecluse
