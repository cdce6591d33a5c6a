// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "proto/limits.h"
#include "tests/soak/people.h"

namespace ecluse::soak {
namespace {

constexpr uint64_t kLooksAtWaiting = 1;
constexpr uint64_t kLooksAtDoubts = 2;

wire::List ListOf(StateCode code, RequestId after) {
  wire::List list;
  list.filter.states = {code};
  if (code == StateCode::kWaiting) list.filter.waits = {Wait::kTechnical, Wait::kStrikes};
  list.after = after;
  list.at_most = limits::kListPerCall;
  return list;
}

}  // namespace

void OpsStaff::Say(Host& host, wire::CallBody body) {
  uint64_t correlation = 0;
  if (const auto* list = std::get_if<wire::List>(&body)) {
    const bool waiting = list->filter.states.front() == StateCode::kWaiting;
    correlation = waiting ? kLooksAtWaiting : kLooksAtDoubts;
  }
  host.Hear("o", identity::Ops{"anne", true}, correlation, std::move(body));
}

void OpsStaff::CloseAll(Host& host, absl::Time announced) {
  for (const Destination& destination : catalogue_.destinations()) {
    Say(host, wire::Close{destination, "closed for a migration", announced});
  }
}

void OpsStaff::PutOff(Host& host, absl::Time announced) {
  for (const Destination& destination : catalogue_.destinations()) {
    Say(host, wire::Announce{destination, announced, "letter of the operator", "it is late"});
  }
}

void OpsStaff::ReopenAll(Host& host, bool at_once) {
  for (const Destination& destination : catalogue_.destinations()) {
    Say(host, wire::Reopen{destination, "it works", at_once});
  }
}

void OpsStaff::Sweep(Host& host) {
  Say(host, ListOf(StateCode::kWaiting, {}));
  Say(host, ListOf(StateCode::kInDoubt, {}));
  Say(host, wire::Status{});
}

void OpsStaff::Speak(Host& host) {
  for (wire::CallBody& body : std::exchange(to_say_, {})) Say(host, std::move(body));
}

void OpsStaff::Look(const wire::ListResult& result, bool doubts) {
  for (const wire::ListRow& row : result.rows) {
    const RequestId number = row.status.number;
    if (!doubts) {
      to_say_.push_back(wire::Retry{number, "once more"});
      ++retried_;
    } else if (row.status.why == wire::WhyWaiting::kPerson) {
      const bool has = oracle_.Has(Catalogue::PlaceOf(number));
      to_say_.push_back(wire::Resolve{number, has ? wire::Verdict::kSent : wire::Verdict::kNotSent,
                                      "by telephone", row.status.attempts});
      ++resolved_;
    }
  }
  const StateCode code = doubts ? StateCode::kInDoubt : StateCode::kWaiting;
  if (result.next.value != 0) to_say_.push_back(ListOf(code, result.next));
}

void OpsStaff::Hear(const wire::Reply& reply) {
  if (const auto* list = std::get_if<wire::ListResult>(&reply.body)) {
    if (reply.correlation != 0) Look(*list, reply.correlation == kLooksAtDoubts);
  } else if (const auto* status = std::get_if<wire::StatusReport>(&reply.body)) {
    if (status->alarms > 0) oracle_.Wrong("no request is at its operator twice", 0);
    for (const wire::DestinationStatus& row : status->destinations) {
      if (!row.gate.asks) continue;
      to_say_.push_back(wire::Reopen{row.destination, "its answers were looked at", false});
      ++reopened_;
    }
  }
}

}  // namespace ecluse::soak
