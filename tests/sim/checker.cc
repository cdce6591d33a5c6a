// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/checker.h"

#include <fmt/format.h>

#include "tests/sim/describe.h"

namespace ecluse::sim {
namespace {

bool EndsUnsent(StateCode end) {
  return end == StateCode::kWithdrawn || end == StateCode::kElsewhere ||
         end == StateCode::kDestroyed || end == StateCode::kReturned;
}

}  // namespace

void Checker::Fail(const std::string& invariant, RequestId request, const std::string& detail) {
  if (!violation_) violation_ = Violation{invariant, request, detail, clock_.now()};
}

void Checker::Expect(bool truth, const char* invariant, RequestId request,
                     const std::string& detail) {
  if (!truth) Fail(invariant, request, detail);
}

Page& Checker::PageOf(RequestId id) {
  Page& page = pages_[id];
  page.id = id;
  return page;
}

void Checker::BrokerStarts(const Tables& tables) {
  tables_ = tables;
  logins_.BrokerStarts();
  perhaps_granted_.merge(pulling_);
  pulling_.clear();
}

// The broker may call a try silent as soon as its time is over; if the clock then jumps back, it
// stays so.
void Checker::TurnBegins() {
  permits_.TimeIs(clock_.house());
  logins_.TimeIs(clock_.house());
  std::erase_if(early_, [this](RequestId id) {
    return clock_.house() + absl::Microseconds(1) >= pages_.at(id).not_before;
  });
  std::erase_if(being_sent_, [this](const auto& sent) {
    const Try& one = pages_.at(sent.first).tries.at(sent.second);
    // The broker keeps times to the microsecond.
    return one.over || clock_.house() + absl::Microseconds(1) >= one.silent_at;
  });
}

void Checker::Handed(const Inbound& inbound) {
  if (trace_.on()) {
    for (const Said& said : Describe(inbound)) trace_.Tell(said.request, [&] { return said.text; });
  }
  Asked& asked = asked_[{inbound.peer, inbound.call.correlation}];
  const uint64_t first = asked.first > 0 ? asked.first : order_ + 1;
  asked = Asked{inbound.call.body, inbound.who, ++order_, first, {}};
  permits_.Handed(asked.body, order_);
  if (std::holds_alternative<identity::Practice>(asked.who)) {
    HandedByPractice(asked);
  } else if (std::holds_alternative<identity::Adapter>(asked.who)) {
    HandedByWorker(asked);
  } else {
    HandedByOps(asked);
  }
}

void Checker::HandedByOps(const Asked& asked) {
  if (const auto* resolve = std::get_if<wire::Resolve>(&asked.body)) {
    if (resolve->verdict == wire::Verdict::kSent) PageOf(resolve->request).sent_handed = true;
    if (resolve->verdict != wire::Verdict::kNotSent) return;
    PageOf(resolve->request).unclear = false;
    for (auto& [number, one] : PageOf(resolve->request).tries) {
      one.cleared |= number <= resolve->attempt;
    }
  } else if (const auto* lift = std::get_if<wire::LiftHold>(&asked.body)) {
    logins_.LiftHanded(lift->hold, order_);
    incidents_.LiftHanded(lift->hold);
    if (lift->hold == restored_hold_) waits_for_a_person_ = false;
  } else if (const auto* retry = std::get_if<wire::Retry>(&asked.body)) {
    Page& page = PageOf(retry->request);
    page.retried = order_;
    page.parked = false;
  } else if (const auto* over = std::get_if<wire::HandedOver>(&asked.body)) {
    for (const RequestId id : over->requests) PageOf(id).elsewhere_handed = true;
  }
}

void Checker::JobStarts(const Job& job) {
  if (job.kind == JobKind::kReroute) {
    reroutes_.emplace(Destination{*job.filter.run_by, *job.filter.service}, *job.to);
  }
  // Whatever waits for a person may be put back by it.
  if (job.kind == JobKind::kRelease || job.kind == JobKind::kReroute) {
    for (auto& [id, page] : pages_) {
      page.retried = order_ + 1;
      page.parked = false;
    }
  }
}

void Checker::SecondPerson(const Job& job) {
  if (job.kind == JobKind::kRelease) incidents_.ReleaseHanded();
  destroys_ |= job.kind == JobKind::kDestroy;
}

void Checker::Exported(const wire::FetchResult::Row& row) {
  Page& page = PageOf(row.request);
  Expect(!page.item || page.item->content == row.content, "an export hands out what was deposited",
         page.id, "other content");
  Expect(page.accepted == 0, "what the operator has is not exported", page.id, "it has it");
}

bool Checker::MayGoTo(Page& page, const Destination& destination) {
  if (page.destination == destination) return true;
  // By one job, or by several one after the other.
  std::set<Destination> reached{page.destination};
  for (size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const auto& [from, to] : reroutes_) {
      if (reached.contains(from)) reached.insert(to);
    }
  }
  if (!reached.contains(destination)) return false;
  page.destination = destination;
  page.moved = true;
  return true;
}

void Checker::HoldsAreRight(const Asked& asked, const wire::HoldsResult& result) {
  if (!std::holds_alternative<wire::Holds>(asked.body)) return;
  const HoldId missing = permits_.Missing(result, asked.order);
  Expect(missing.value == 0, "no rule lifts the hold of a person", {},
         fmt::format("hold {} is gone", missing.value));
  for (const Hold& hold : result.holds) {
    if (hold.rule != HoldRule::kCredentials) continue;
    const std::string wrong = logins_.Listed(hold, asked.first);
    Expect(wrong.empty(), "a refused login holds its account, until it is renewed", {}, wrong);
  }
}

void Checker::Spoken(const Outbound& word) {
  if (trace_.on()) {
    for (const Said& said : Describe(word)) trace_.Tell(said.request, [&] { return said.text; });
  }
  const auto found = asked_.find({word.peer, word.reply.correlation});
  if (found == asked_.end()) return Fail("only what was asked is answered", {}, word.peer);
  const Asked& asked = found->second;
  permits_.Told(asked.body, asked.order, word.reply.body);
  incidents_.Told(word.reply.body);
  if (const auto* holds = std::get_if<wire::HoldsResult>(&word.reply.body)) {
    for (const Hold& hold : holds->holds) {
      if (hold.rule == HoldRule::kRestored) restored_hold_ = hold.id;
    }
  }
  if (std::holds_alternative<identity::Practice>(asked.who)) {
    SpokenToPractice(asked, word.reply.body);
  } else if (std::holds_alternative<identity::Adapter>(asked.who)) {
    SpokenToWorker(asked, word.reply.body);
  } else if (const auto* holds = std::get_if<wire::HoldsResult>(&word.reply.body)) {
    HoldsAreRight(asked, *holds);
  }
}

void Checker::OperatorAccepts(const Envelope& envelope, const std::string& content) {
  trace_.Tell(envelope.id, [] { return std::string("operator accepts it"); });
  Page& page = PageOf(envelope.id);
  ++page.accepted;
  const bool once = page.accepted == 1 || story_.policies.at(envelope.destination).idempotent;
  Expect(once, "the operator accepts a request at most once", page.id, "accepted again");
  Expect(!page.item || page.item->content == content,
         "the operator gets what was deposited, byte for byte", page.id, "other content");
  const bool ended_unsent = page.end && EndsUnsent(*page.end);
  Expect(!ended_unsent, "what ended unsent is never sent", page.id, "accepted after its end");
}

void Checker::OperatorRejects(RequestId request) {
  trace_.Tell(request, [] { return std::string("operator refuses it, and keeps nothing"); });
  PageOf(request).refused = true;
}

void Checker::OperatorDrops(RequestId request) {
  trace_.Tell(request, [] { return std::string("operator can't take it after all"); });
  --PageOf(request).accepted;
}

// The end of a request is told to practices, by reports that were noted, and by inbox entries;
// all say the same, for ever.
void Checker::EndTold(Page& page, StateCode end) {
  if (!page.end) page.end = end;
  Expect(*page.end == end, "a request has one end, for ever", page.id,
         fmt::format("told {} first, then {}", NameOf(*page.end), NameOf(end)));
  const bool known = end == StateCode::kSettled     ? page.answer_handed
                     : end == StateCode::kRejected  ? page.refusal_handed
                     : end == StateCode::kElsewhere ? page.elsewhere_handed
                     : end == StateCode::kReturned  ? MayBeReturned(page)
                     : end == StateCode::kDestroyed ? destroys_
                                                    : page.withdraw_handed;
  Expect(known, "an end has its cause", page.id,
         fmt::format("{}, but nobody told the broker so", NameOf(end)));
  Expect(!EndsUnsent(end) || page.accepted == 0,
         "what ended unsent was never accepted by the operator", page.id, "the operator has it");
}

}  // namespace ecluse::sim
