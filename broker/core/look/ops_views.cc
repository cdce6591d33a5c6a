// SPDX-License-Identifier: Apache-2.0
#include "broker/core/look/ops_views.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "broker/core/job/plan.h"
#include "broker/core/look/due_soon.h"
#include "broker/core/look/forecast.h"
#include "broker/core/look/views.h"
#include "proto/limits.h"
#include "proto/version.h"

namespace ecluse {
namespace {

// Doubts looked at in one call: the loop does nothing else meanwhile.
constexpr size_t kDoubtsPerCall = 5 * limits::kScanPerCall;

wire::ListRow RowFor(const BrokerFacts& facts, const store::Request& request, absl::Time now) {
  wire::ListRow row{StatusFor(facts.sight, request, now), request.envelope.practice};
  row.status.reference.clear();
  return row;
}

size_t BucketOf(int64_t hour, absl::Time now) {
  const int64_t age = absl::ToUnixSeconds(now) / 3600 - hour;
  const auto edge = std::find_if(std::begin(wire::kShapeHours), std::end(wire::kShapeHours),
                                 [&](int64_t hours) { return age < hours; });
  return static_cast<size_t>(edge - std::begin(wire::kShapeHours));
}

// States that the store finds by an index of their own.
bool HasIndex(StateCode code) {
  return code == StateCode::kWaiting || code == StateCode::kDeferred || code == StateCode::kInDoubt;
}

// The next requests after `after` that may match, and where the look ended; 0: nowhere further.
std::vector<store::Request> Look(Books& books, const wire::List& call, size_t at_most) {
  const bool indexed = call.filter.states.size() == 1 && HasIndex(call.filter.states.front());
  if (!indexed) return books.reads().Scan(call.after, at_most);
  std::vector<store::Request> found;
  for (const RequestId id :
       books.reads().InState(call.filter.states.front(), call.after, at_most)) {
    if (const store::Request* request = books.Find(id)) found.push_back(*request);
  }
  return found;
}

}  // namespace

wire::ReplyBody View(Books& books, const wire::Status&, const BrokerFacts& facts, absl::Time now) {
  wire::StatusReport report;
  report.version = kVersion;
  report.up = now - facts.sight.started;
  report.disk_low = facts.sight.disk_low;
  report.holds = books.holds().size();
  report.workers = facts.workers;
  report.unfit = facts.unfit;
  report.epoch = books.epoch();
  report.alarms = books.alarms();
  for (const Destination& destination : books.Destinations()) {
    const InHand in_hand = books.flight().Of(destination);
    wire::DestinationStatus status;
    status.destination = destination;
    status.gate = books.GateOf(destination).state();
    status.held = books.holds().Stops(destination);
    status.waiting = std::as_const(books).QueueOf(destination).size();
    status.in_flight = in_hand.leased + in_hand.sending;
    status.served = IsServed(facts.sight, destination, now);
    status.opens_in = AnnouncedIn(books, destination, now);
    report.destinations.push_back(std::move(status));
  }
  for (const auto& [at, requests] : books.tallies()) {
    const auto& [destination, state, hour] = at;
    const bool same = !report.counts.empty() && report.counts.back().destination == destination &&
                      report.counts.back().state == state;
    if (!same) report.counts.push_back({destination, state, 0});
    report.counts.back().requests += requests;
  }
  return report;
}

wire::ReplyBody View(Books& books, const wire::Shape&, const BrokerFacts&, absl::Time now) {
  wire::ShapeReport report;
  DueSoon due = CountDueSoon(books, now + absl::Hours(wire::kShapeDueHours));
  for (const auto& [at, requests] : books.tallies()) {
    const auto& [destination, state, hour] = at;
    if (IsTerminal(state)) continue;
    if (report.rows.empty() || report.rows.back().destination != destination) {
      report.rows.push_back({destination, {}, due.requests[destination], due.at_least});
      report.rows.back().requests.resize(std::size(wire::kShapeHours) + 1);
    }
    report.rows.back().requests[BucketOf(hour, now)] += requests;
  }
  return report;
}

wire::ReplyBody View(Books& books, const wire::List& call, const BrokerFacts& facts,
                     absl::Time now) {
  const size_t at_most = std::min<size_t>(call.at_most, limits::kListPerCall);
  const std::vector<store::Request> found = Look(books, call, limits::kScanPerCall);
  wire::ListResult result;
  for (const store::Request& request : found) {
    result.next = request.envelope.id;
    if (!Matches(call.filter, request, now)) continue;
    result.rows.push_back(RowFor(facts, request, now));
    if (result.rows.size() >= at_most) return result;
  }
  if (found.size() < limits::kScanPerCall) result.next = RequestId{};
  return result;
}

wire::ReplyBody View(Books& books, const wire::Show& call, const BrokerFacts& facts,
                     absl::Time now) {
  const store::Request* request = books.Find(call.request);
  if (!request) return Error{ErrorCode::kUnknownRequest, "request"};
  const Envelope& envelope = request->envelope;
  wire::ShowResult result;
  result.row = RowFor(facts, *request, now);
  result.finess = envelope.finess;
  result.kind = envelope.kind;
  result.format = envelope.format;
  result.content_bytes = envelope.content_bytes;
  result.card = envelope.card;
  result.deposited_to = envelope.deposited_to;
  const Tries& tries = TriesOf(request->state);
  if (const auto* waiting = std::get_if<state::Waiting>(&request->state)) {
    result.wait = waiting->reason;
  }
  result.number = tries.number;
  result.grant = tries.grant;
  result.maybe_twice = tries.maybe_twice;
  result.next_at = EndOf(request->state);
  result.holds = books.holds().Over(envelope);
  result.history = books.reads().History(envelope.id);
  return result;
}

wire::ReplyBody View(Books& books, const wire::Holds&, const BrokerFacts&, absl::Time) {
  return wire::HoldsResult{books.holds().Shown(limits::kHolds)};
}

wire::ReplyBody View(Books& books, const wire::Explain& call, const BrokerFacts& facts,
                     absl::Time now) {
  const store::Request* request = books.Find(call.request);
  if (!request) return Error{ErrorCode::kUnknownRequest, "request"};
  const Envelope& envelope = request->envelope;
  wire::Explanation result;
  result.row = RowFor(facts, *request, now);
  result.gate = books.GateOf(envelope.destination).state();
  result.holds = books.holds().Over(envelope);
  result.reasons = ReasonsFor(facts.sight, *request, now);
  result.goes_in = result.row.status.goes_in;
  result.rate_milli = RateOf(books, envelope.destination, now).milli;
  return result;
}

wire::ReplyBody View(Books& books, const wire::Doubts& call, const BrokerFacts& facts,
                     absl::Time now) {
  using Worse = std::tuple<bool, absl::Time, RequestId>;  // the least is the worst
  std::vector<Worse> found;
  wire::ListResult result;
  for (size_t looked = 0; looked < kDoubtsPerCall;) {
    const auto page = books.reads().InState(StateCode::kInDoubt, result.next, limits::kScanPerCall);
    for (const RequestId id : page) {
      const store::Request* request = books.Find(id);
      const auto* doubt = request ? std::get_if<state::InDoubt>(&request->state) : nullptr;
      if (!doubt || doubt->next_probe_at != absl::InfiniteFuture()) continue;
      const Envelope& envelope = request->envelope;
      found.emplace_back(envelope.kind != Kind::kBill, envelope.due, id);
    }
    looked += page.size();
    const bool last = page.size() < limits::kScanPerCall;
    result.next = last ? RequestId{} : page.back();
    if (last) break;
  }
  const size_t at_most = std::min<size_t>({call.at_most, limits::kListPerCall, found.size()});
  const auto end = found.begin() + static_cast<std::ptrdiff_t>(at_most);
  std::partial_sort(found.begin(), end, found.end());
  for (auto at = found.begin(); at != end; ++at) {
    result.rows.push_back(RowFor(facts, *books.Find(std::get<RequestId>(*at)), now));
  }
  return result;
}

}  // namespace ecluse
