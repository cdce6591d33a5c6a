// SPDX-License-Identifier: Apache-2.0
// The record of a state: one flat message for all alternatives.
#include "store/records.h"
#include "store/records.pb.h"
#include "store/records_frame.h"

namespace ecluse::store::record {

namespace {

// What each alternative has beside its tries.
struct Fill {
  stored::State& m;

  void operator()(const state::Waiting& s) const {
    m.set_wait(static_cast<uint32_t>(s.reason));
    m.set_job(s.job.value);
  }
  void operator()(const state::Leased& s) const {
    m.set_worker(s.worker.value);
    m.set_at(ToMicros(s.lapses_at));
  }
  void operator()(const state::Sending& s) const {
    m.set_worker(s.worker.value);
    m.set_at(ToMicros(s.silent_at));
  }
  void operator()(const state::Deferred& s) const { m.set_at(ToMicros(s.retry_at)); }
  void operator()(const state::InDoubt& s) const { Probed(s.probes, s.next_probe_at); }
  void operator()(const state::Awaiting& s) const { Probed(s.probes, s.next_probe_at); }
  void operator()(const state::Ready&) const {}
  void operator()(const state::Settled&) const {}
  void operator()(const state::Rejected&) const {}
  void operator()(const state::Withdrawn&) const {}
  void operator()(const state::Elsewhere&) const {}
  void operator()(const state::Destroyed&) const {}
  void operator()(const state::Returned&) const {}

  void Probed(uint32_t probes, absl::Time at) const {
    m.set_probes(probes);
    m.set_at(ToMicros(at));
  }
};

void Put(const Tries& tries, stored::State& m) {
  m.set_attempt(tries.attempt);
  m.set_strikes(tries.strikes);
  m.set_said(tries.said);
  m.set_keeps_route(tries.keeps_route);
  m.set_number(tries.number);
  m.set_grant(tries.grant);
  if (tries.confirmed_at != absl::InfinitePast()) m.set_confirmed_at(ToMicros(tries.confirmed_at));
  m.set_leads(tries.leads);
  m.set_payee_seen(tries.payee_seen);
  m.set_cleared(tries.cleared);
  m.set_maybe_twice(tries.maybe_twice);
  m.set_epoch(tries.epoch);
  m.set_decided(tries.decided);
}

Tries TriesIn(const stored::State& m) {
  Tries tries;
  tries.attempt = m.attempt();
  tries.strikes = m.strikes();
  tries.said = m.said();
  tries.keeps_route = m.keeps_route();
  tries.number = m.number();
  tries.grant = m.grant();
  if (m.has_confirmed_at()) tries.confirmed_at = FromMicros(m.confirmed_at());
  tries.leads = m.leads();
  tries.payee_seen = m.payee_seen();
  tries.cleared = m.cleared();
  tries.maybe_twice = m.maybe_twice();
  tries.epoch = m.epoch();
  tries.decided = m.decided();
  return tries;
}

}  // namespace

void Encode(const State& state, std::string& out) {
  stored::State m;
  m.set_code(static_cast<uint32_t>(CodeOf(state)));
  Put(TriesOf(state), m);
  std::visit(Fill{m}, state);
  Write(m, out);
}

absl::Status Decode(std::string_view value, State& state) {
  stored::State m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  StateCode code;
  if (!Assign(m.code(), StateCode::kReady, StateCode::kReturned, code)) return Unknown("state");
  const Tries tries = TriesIn(m);
  const absl::Time at = FromMicros(m.at());
  Wait wait = Wait::kHeld;
  if (code == StateCode::kWaiting && !Assign(m.wait(), Wait::kHeld, Wait::kQuarantine, wait)) {
    return Unknown("reason to wait");
  }
  switch (code) {
    case StateCode::kReady:
      state = state::Ready{tries};
      break;
    case StateCode::kWaiting:
      state = state::Waiting{tries, wait, {m.job()}};
      break;
    case StateCode::kLeased:
      state = state::Leased{tries, {m.worker()}, at};
      break;
    case StateCode::kSending:
      state = state::Sending{tries, {m.worker()}, at};
      break;
    case StateCode::kDeferred:
      state = state::Deferred{tries, at};
      break;
    case StateCode::kInDoubt:
      state = state::InDoubt{tries, m.probes(), at};
      break;
    case StateCode::kAwaiting:
      state = state::Awaiting{tries, m.probes(), at};
      break;
    case StateCode::kSettled:
      state = state::Settled{tries};
      break;
    case StateCode::kRejected:
      state = state::Rejected{tries};
      break;
    case StateCode::kWithdrawn:
      state = state::Withdrawn{tries};
      break;
    case StateCode::kElsewhere:
      state = state::Elsewhere{tries};
      break;
    case StateCode::kDestroyed:
      state = state::Destroyed{tries};
      break;
    case StateCode::kReturned:
      state = state::Returned{tries};
      break;
  }
  return absl::OkStatus();
}

}  // namespace ecluse::store::record
