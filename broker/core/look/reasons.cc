// SPDX-License-Identifier: Apache-2.0
// Why a request waits. One order for all who ask, so that ops and practice are told the same.
#include <algorithm>

#include "broker/core/account/account_desk.h"
#include "broker/core/delivery/worker_desk.h"
#include "broker/core/look/views.h"
#include "broker/core/request/cases.h"
#include "broker/core/request/payees.h"

namespace ecluse {
namespace {

using Why = wire::WhyWaiting;
using Reasons = std::vector<Why>;

// A broker that has just started waits so long for its adapters before it says that there is none.
constexpr absl::Duration kArrival = absl::Minutes(2);

Why WhyWaiting(Wait reason) {
  switch (reason) {
    case Wait::kHeld:
      return Why::kHeld;
    case Wait::kStrikes:
      return Why::kStrikes;
    case Wait::kDamaged:
      return Why::kDamaged;
    case Wait::kRoute:
      return Why::kRoute;
    case Wait::kTechnical:
      return Why::kTechnical;
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
  return Why::kNothing;
}

// What people have said to stop it. A refused login has a reason of its own.
void AddHolds(const Sight& sight, const Envelope& envelope, Reasons& reasons) {
  const Holds& holds = sight.books.holds();
  if (holds.IsRestored()) reasons.push_back(Why::kRestored);
  if (holds.IsQuarantined(envelope.practice)) reasons.push_back(Why::kQuarantine);
  const bool stops = holds.Stops(envelope.destination, envelope.practice) ||
                     holds.Stops(envelope.id) || holds.StopsFinely(envelope);
  if (!stops) return;
  const std::vector<Hold> over = holds.Over(envelope);
  const bool by_people = std::any_of(
      over.begin(), over.end(), [](const Hold& hold) { return hold.rule == HoldRule::kPerson; });
  if (by_people) reasons.push_back(Why::kHeld);
}

// The gate's own state, where it lets nothing pass.
void AddClosure(const GateState& gate, absl::Time now, Reasons& reasons) {
  if (gate.code == GateCode::kClosed && gate.allowance == 0) {
    reasons.push_back(Why::kGateClosed);
  } else if (gate.code == GateCode::kReclosed) {
    reasons.push_back(gate.asks ? Why::kAnswers : Why::kReclosed);
  } else if (now < gate.paused_until) {
    reasons.push_back(Why::kPaused);
  }
}

// What will be found against this very request when its turn comes.
void AddOwn(const Sight& sight, const store::Request& request, absl::Time now, Reasons& reasons) {
  const Envelope& envelope = request.envelope;
  const Tries& tries = TriesOf(request.state);
  if (sight.books.IsAstray(request, now)) reasons.push_back(Why::kRoute);
  if (!tries.payee_seen && sight.payees.Changed(envelope)) reasons.push_back(Why::kPayee);
  const absl::Duration old = sight.books.PolicyOf(envelope.destination).confirm_after;
  const absl::Time wanted = std::max(envelope.deposited_at, tries.confirmed_at);
  if (old > absl::ZeroDuration() && now - wanted > old) reasons.push_back(Why::kConfirm);
}

void AddWay(const Sight& sight, const store::Request& request, absl::Time now, Reasons& reasons) {
  const Envelope& envelope = request.envelope;
  const GateState& gate = sight.books.GateOf(envelope.destination).state();
  const Why account = sight.accounts.Why(envelope.destination, envelope.practice, now);
  AddHolds(sight, envelope, reasons);
  if (account == Why::kAccount || account == Why::kPassword) reasons.push_back(account);
  AddClosure(gate, now, reasons);
  if (account == Why::kResting) reasons.push_back(account);
  if (sight.disk_low) reasons.push_back(Why::kDiskLow);
  if (!IsServed(sight, envelope.destination, now)) reasons.push_back(Why::kUnserved);
  if (account == Why::kLogins) reasons.push_back(account);
  if (gate.code == GateCode::kCanary) reasons.push_back(Why::kCanary);
  if (gate.code == GateCode::kSuspected) reasons.push_back(Why::kSuspected);
}

// Asking uses the same way, but passes a closed gate and the hold of a restored store.
void AddWayOfProbes(const Sight& sight, const Envelope& envelope, absl::Time now,
                    Reasons& reasons) {
  const Gate& gate = sight.books.GateOf(envelope.destination);
  const Holds& holds = sight.books.holds();
  if (holds.StopsProbes(envelope.destination, envelope.practice)) reasons.push_back(Why::kHeld);
  const Why account = sight.accounts.Why(envelope.destination, envelope.practice, now);
  if (account != Why::kNothing) reasons.push_back(account);
  if (!gate.MayProbe(now)) reasons.push_back(Why::kPaused);
  if (!IsServed(sight, envelope.destination, now)) reasons.push_back(Why::kUnserved);
}

}  // namespace

bool IsServed(const Sight& sight, const Destination& destination, absl::Time now) {
  return now - sight.started < kArrival || sight.workers.IsServed(destination, now);
}

std::vector<Why> ReasonsFor(const Sight& sight, const store::Request& request, absl::Time now) {
  const Envelope& envelope = request.envelope;
  Reasons reasons;
  if (const auto* doubt = std::get_if<state::InDoubt>(&request.state)) {
    if (doubt->next_probe_at == absl::InfiniteFuture()) return {Why::kPerson};
    AddWayOfProbes(sight, envelope, now, reasons);
    reasons.push_back(Why::kProbe);
  } else if (std::holds_alternative<state::Awaiting>(request.state)) {
    reasons.push_back(Why::kOperator);
  } else if (std::holds_alternative<state::Deferred>(request.state)) {
    reasons.push_back(Why::kRetry);
    AddWay(sight, request, now, reasons);
  } else if (const auto* waiting = std::get_if<state::Waiting>(&request.state)) {
    reasons.push_back(WhyWaiting(waiting->reason));
    AddWay(sight, request, now, reasons);
  } else if (std::holds_alternative<state::Ready>(request.state)) {
    AddWay(sight, request, now, reasons);
    AddOwn(sight, request, now, reasons);
    reasons.push_back(Why::kTurn);
  }
  // A state may repeat what its way says.
  Reasons once;
  for (const Why why : reasons) {
    if (std::find(once.begin(), once.end(), why) == once.end()) once.push_back(why);
  }
  return once;
}

}  // namespace ecluse
