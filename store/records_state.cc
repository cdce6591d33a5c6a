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

  void operator()(const state::Waiting& s) const { m.set_wait(static_cast<uint32_t>(s.reason)); }
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

  void Probed(uint32_t probes, absl::Time at) const {
    m.set_probes(probes);
    m.set_at(ToMicros(at));
  }
};

}  // namespace

void Encode(const State& state, std::string& out) {
  stored::State m;
  m.set_code(static_cast<uint32_t>(CodeOf(state)));
  m.set_attempt(TriesOf(state).attempt);
  m.set_strikes(TriesOf(state).strikes);
  m.set_said(TriesOf(state).said);
  m.set_keeps_route(TriesOf(state).keeps_route);
  std::visit(Fill{m}, state);
  Write(m, out);
}

absl::Status Decode(std::string_view value, State& state) {
  stored::State m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  StateCode code;
  if (!Assign(m.code(), StateCode::kReady, StateCode::kWithdrawn, code)) return Unknown("state");
  const Tries tries{m.attempt(), m.strikes(), m.said(), m.keeps_route()};
  const absl::Time at = FromMicros(m.at());
  Wait wait = Wait::kHeld;
  if (code == StateCode::kWaiting && !Assign(m.wait(), Wait::kHeld, Wait::kTechnical, wait)) {
    return Unknown("reason to wait");
  }
  switch (code) {
    case StateCode::kReady:
      state = state::Ready{tries};
      break;
    case StateCode::kWaiting:
      state = state::Waiting{tries, wait};
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
  }
  return absl::OkStatus();
}

}  // namespace ecluse::store::record
