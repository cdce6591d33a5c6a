// SPDX-License-Identifier: Apache-2.0
#include "broker/core/broker.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "broker/core/account/account_book.h"
#include "broker/core/books.h"
#include "broker/core/delivery/worker_desk.h"
#include "broker/core/gate/gates.h"
#include "broker/core/hold/quarantine.h"
#include "broker/core/job/job_desk.h"
#include "broker/core/look/forecast.h"
#include "broker/core/look/ops_views.h"
#include "broker/core/people/ops_desk.h"
#include "broker/core/people/practice_desk.h"
#include "broker/core/request/cases.h"
#include "broker/core/request/clearance.h"
#include "broker/core/request/payees.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

using Due = store::Reads::Due;

constexpr size_t kCausesPerTick = 4096;
// A look at one that waits costs some reads, and its case's too. After a start there may be a
// million of them, and the first delivery must not wait for thousands.
constexpr size_t kLooksPerTick = 128;
// A clock that goes back this far was set; leases would last too long.
constexpr absl::Duration kClockWasSet = absl::Minutes(1);

// Times are kept to the microsecond, so that a time read back is the time that was written.
absl::Time Rounded(absl::Time time) { return absl::FromUnixMicros(absl::ToUnixMicros(time)); }

template <class Verb, class... Verbs>
constexpr bool kIsOneOf = (std::is_same_v<Verb, Verbs> || ...);

template <class Verb>
constexpr bool kIsPractice =
    kIsOneOf<Verb, wire::Deposit, wire::StatusOf, wire::Withdraw, wire::Inbox, wire::Operators,
             wire::Confirm, wire::Decide, wire::SentElsewhere>;
template <class Verb>
constexpr bool kIsLook = kIsOneOf<Verb, wire::Status, wire::Shape, wire::List, wire::Show,
                                  wire::Holds, wire::Explain, wire::Doubts>;
template <class Verb>
constexpr bool kIsJobLook = kIsOneOf<Verb, wire::Jobs, wire::Findings>;
template <class Verb>
constexpr bool kIsJobAct =
    kIsOneOf<Verb, wire::PlanJob, wire::ActOnJob, wire::Fetch, wire::HandedOver>;
template <class Verb>
constexpr bool kIsAct =
    kIsOneOf<Verb, wire::Close, wire::Reopen, wire::Drain, wire::PlaceHold, wire::LiftHold,
             wire::Resolve, wire::ResolveAll, wire::Retry, wire::Announce, wire::ReadContent>;

}  // namespace

struct Broker::Parts {
  Parts(const store::Reads& reads, Policies policies, Routes routes,
        const store::Recovered& recovered, absl::Time now, House house)
      : books(reads, std::move(policies), std::move(routes), recovered, std::move(house)),
        cases(books),
        payees(recovered.payees),
        clearance(books, cases, payees),
        account_book(recovered.accounts),
        job_desk(books, payees, clearance, recovered),
        practice_desk(books, cases, sight),
        account_desk(books, account_book, recovered),
        worker_desk(books, account_desk, clearance, payees, job_desk),
        ops_desk(books, payees),
        quarantine(books),
        fenced(recovered.fenced) {
    sight.started = now;
  }

  Books books;
  Cases cases;
  Payees payees;
  Clearance clearance;
  AccountBook account_book;
  JobDesk job_desk;
  PracticeDesk practice_desk;
  AccountDesk account_desk;
  WorkerDesk worker_desk;
  OpsDesk ops_desk;
  Quarantine quarantine;
  bool fenced;  // the store is a copy of another life, and its hold is still to be placed
  Sight sight{books, cases, payees, account_desk, worker_desk};
  BrokerFacts facts{sight};
  absl::Time last_tick = absl::InfinitePast();
  bool stirred = false;  // something happened since work was handed out
  // How far this life has looked for requests that went astray and fit again; nullopt: all done.
  std::optional<RequestId> routes_looked = RequestId{};

  std::optional<wire::ReplyBody> Hear(const Inbound& in, const Turn& turn);
  void PlaceFence(const Turn& turn);
  void EndHolds(const Turn& turn);
  void EndLeases(const Turn& turn);
  void EndRetries(const Destination& destination, const Turn& turn);
  void LookAtRoutes(const Turn& turn);
};

// Who may say what: a practice its verbs, an adapter its own, ops to look, and some to act.
std::optional<wire::ReplyBody> Broker::Parts::Hear(const Inbound& in, const Turn& turn) {
  return std::visit(
      [&](const auto& call) -> std::optional<wire::ReplyBody> {
        using Verb = std::decay_t<decltype(call)>;
        if constexpr (kIsPractice<Verb>) {
          if (const auto* who = std::get_if<identity::Practice>(&in.who)) {
            return practice_desk.Hear(*who, call, turn);
          }
        } else if constexpr (kIsLook<Verb>) {
          if (std::holds_alternative<identity::Ops>(in.who)) {
            facts.unfit = practice_desk.unfit();
            return View(books, call, facts, turn.now);
          }
        } else if constexpr (kIsAct<Verb>) {
          const auto* who = std::get_if<identity::Ops>(&in.who);
          if (who && who->may_act) return ops_desk.Hear(*who, call, turn);
        } else if constexpr (std::is_same_v<Verb, wire::Backup>) {
          const auto* who = std::get_if<identity::Ops>(&in.who);
          if (who && who->may_act) {
            return ops_desk.Hear(in.peer, in.call.correlation, *who, call, turn);
          }
        } else if constexpr (kIsJobAct<Verb>) {
          const auto* who = std::get_if<identity::Ops>(&in.who);
          if (who && who->may_act) return job_desk.Hear(*who, call, turn);
        } else if constexpr (kIsJobLook<Verb>) {
          if (std::holds_alternative<identity::Ops>(in.who)) return job_desk.View(call);
        } else if constexpr (std::is_same_v<Verb, wire::Forecast>) {
          if (std::holds_alternative<identity::Ops>(in.who)) return View(books, call, turn.now);
        } else if constexpr (std::is_same_v<Verb, wire::Pull>) {
          if (const auto* who = std::get_if<identity::Adapter>(&in.who)) {
            return worker_desk.Hear(in.peer, in.call.correlation, *who, call, turn);
          }
        } else {
          if (const auto* who = std::get_if<identity::Adapter>(&in.who)) {
            return worker_desk.Hear(*who, call, turn);
          }
        }
        return Error{ErrorCode::kForbidden, ""};
      },
      in.call.body);
}

// A restored store does not know what was sent after its backup was made.
void Broker::Parts::PlaceFence(const Turn& turn) {
  if (!fenced) return;
  fenced = false;
  turn.step.batch.fence_noted = true;
  if (books.holds().IsRestored()) return;
  Hold hold;
  hold.owner = "rule/restored";
  hold.reason =
      "the store was restored or copied: nothing goes, operators are only asked. Look at the "
      "doubts; when no other broker uses this store's requests, lift this hold";
  hold.since = turn.now;
  hold.rule = HoldRule::kRestored;
  books.PlaceHold(turn, hold);
}

void Broker::Parts::EndHolds(const Turn& turn) {
  for (const HoldId id : books.holds().EndedBy(turn.now)) {
    books.LiftHold(turn, id, {"", "the hold was placed until now"});
  }
}

void Broker::Parts::EndLeases(const Turn& turn) {
  const bool clock_was_set = turn.now + kClockWasSet < last_tick;
  const absl::Time until = clock_was_set ? absl::InfiniteFuture() : turn.now;
  for (const RequestId id : books.flight().Overdue(until, kCausesPerTick)) {
    store::Request* request = books.Find(id);
    if (!request) return;  // the store is unsound: nothing of this turn will leave
    const auto* sending = std::get_if<state::Sending>(&request->state);
    const bool was_sending = sending != nullptr;
    // A try ends in its own time only: until then its worker may still touch the operator, and a
    // probe would say "absent" too early.
    if (was_sending && sending->silent_at > turn.now) continue;
    books.Apply(turn, *request, cause::Lapsed{});
    if (!was_sending) continue;
    TellGate(books, request->envelope.destination, nullptr, turn);
  }
}

void Broker::Parts::EndRetries(const Destination& destination, const Turn& turn) {
  if (books.NextDue(destination, Due::kRetry) > turn.now) return;
  const auto page = books.reads().NextDue(destination, Due::kRetry, kCausesPerTick);
  absl::Time next = absl::InfiniteFuture();
  if (page.size() == kCausesPerTick) next = page.back().at;
  for (const auto& [at, id] : page) {
    store::Request* request = books.Find(id);
    if (at > turn.now || !request) {
      next = std::min(next, at);
      break;
    }
    books.Apply(turn, *request, cause::RetryDue{});
  }
  books.SetNextDue(destination, Due::kRetry, next);
}

// A mistake in the routing tables sets requests aside; the next start with the tables mended brings
// them back, a page in each turn. So does the end of a hold on kinds or times of deposit.
void Broker::Parts::LookAtRoutes(const Turn& turn) {
  if (!routes_looked) return;
  const auto page = books.reads().InState(StateCode::kWaiting, *routes_looked, kLooksPerTick);
  for (const RequestId id : page) {
    store::Request* request = books.Find(id);
    const auto* waiting = request ? std::get_if<state::Waiting>(&request->state) : nullptr;
    if (waiting && waiting->reason == Wait::kHeld) {
      const bool held = books.holds().Stops(id) || books.holds().StopsFinely(request->envelope);
      if (!held)
        books.Apply(turn, *request, cause::Released{}, {"", "no hold is over it any more"});
      continue;
    }
    const bool of_case =
        waiting && (waiting->reason == Wait::kCase || waiting->reason == Wait::kDecide);
    if (of_case) cases.LookLater(request->envelope.case_of);
    if (!waiting || waiting->reason != Wait::kRoute || books.IsAstray(*request, turn.now)) continue;
    books.Apply(turn, *request, cause::RetryDue{}, {"", "the card's requests go here again"});
  }
  if (page.empty()) {
    routes_looked.reset();
  } else {
    routes_looked = page.back();
  }
}

Broker::Broker(const store::Reads& reads, Policies policies, Routes routes,
               const store::Recovered& recovered, absl::Time now, House house)
    : parts_(std::make_unique<Parts>(reads, std::move(policies), std::move(routes), recovered,
                                     Rounded(now), std::move(house))) {}

Broker::~Broker() = default;

void Broker::Tick(const Vitals& vitals, absl::Time now, Step& step) {
  const Turn turn{step, Rounded(now)};
  Parts& p = *parts_;
  p.stirred = p.sight.disk_low != vitals.disk_low;
  p.sight.disk_low = vitals.disk_low;
  p.practice_desk.SetDiskLow(vitals.disk_low);
  p.worker_desk.SetDiskLow(vitals.disk_low);
  p.job_desk.SetDiskLow(vitals.disk_low);
  p.facts.workers = p.worker_desk.Workers();
  p.books.OpenTurn();
  p.PlaceFence(turn);

  const std::vector<Destination> destinations = p.books.Destinations();
  for (const Destination& destination : destinations) {
    const bool wanted = p.books.QueueOf(destination).size() > 0;
    p.books.ChangeGate(destination)
        .TimePassed(p.books.house(), p.books.PolicyOf(destination), wanted, turn.now);
  }
  p.books.rests().Tick(turn.now);
  p.worker_desk.HandOut(turn);
  p.EndHolds(turn);
  p.EndLeases(turn);
  for (const Destination& destination : destinations) p.EndRetries(destination, turn);
  p.LookAtRoutes(turn);
  p.quarantine.SetAside(turn);
  p.job_desk.Advance(turn);
  p.last_tick = turn.now;
  if (!step.batch.empty()) p.stirred = true;
}

void Broker::Handle(const Inbound& inbound, absl::Time now, Step& step) {
  const Turn turn{step, Rounded(now)};
  parts_->stirred = true;
  if (std::optional<wire::ReplyBody> reply = parts_->Hear(inbound, turn)) {
    step.Say(inbound.peer, {inbound.call.correlation, *std::move(reply)});
  }
}

void Broker::Finish(absl::Time now, Step& step) {
  const Turn turn{step, Rounded(now)};
  parts_->cases.Follow(turn);
  // What a hold set aside in this very turn is found in the store from the next one on.
  if (parts_->books.TakeLifted()) parts_->routes_looked = RequestId{};
  parts_->books.CloseTurn(turn);
}

absl::Time Broker::NextWakeup() const {
  const Parts& p = *parts_;
  if (p.stirred && p.worker_desk.HasWaiting()) return absl::InfinitePast();
  if (p.routes_looked || p.job_desk.HasWork() || p.quarantine.HasWork())
    return absl::InfinitePast();
  absl::Time next = std::min(
      {p.books.flight().NextEnd(), p.books.holds().NextEnd(), p.worker_desk.NextWork(p.last_tick)});
  for (const Destination& destination : p.books.Destinations()) {
    next = std::min({next, p.books.NextDue(destination, Due::kRetry),
                     p.books.GateOf(destination)
                         .NextChange(p.books.flight().Of(destination), p.books.house(),
                                     p.books.PolicyOf(destination), p.last_tick)});
  }
  return next;
}

}  // namespace ecluse
