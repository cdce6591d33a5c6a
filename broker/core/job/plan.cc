// SPDX-License-Identifier: Apache-2.0
#include "broker/core/job/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "proto/limits.h"

namespace ecluse {
namespace {

// FNV-1a over the numbers: a token tells an accident from an intention, it is no secret.
class Fingerprint {
 public:
  void Add(uint64_t value) {
    for (int i = 0; i < 8; ++i, value >>= 8) {
      hash_ = (hash_ ^ (value & 0xff)) * 0x100000001b3ULL;
    }
  }
  std::string Text() const { return fmt::format("{:016x}", hash_); }

 private:
  uint64_t hash_ = 0xcbf29ce484222325ULL;
};

// An empty list names them all.
template <class Value>
bool Allows(const std::vector<Value>& named, Value value) {
  return named.empty() || std::find(named.begin(), named.end(), value) != named.end();
}

}  // namespace

bool MatchesEnvelope(const Filter& filter, const Envelope& envelope, absl::Time now) {
  if (envelope.id < filter.from) return false;
  if (filter.to.value != 0 && filter.to < envelope.id) return false;
  if (filter.practice && *filter.practice != envelope.practice) return false;
  if (filter.run_by && *filter.run_by != envelope.destination.run_by) return false;
  if (filter.service && *filter.service != envelope.destination.service) return false;
  if (!Allows(filter.kinds, envelope.kind)) return false;
  const absl::Duration age = now - envelope.deposited_at;
  if (age < filter.older_than) return false;
  if (filter.younger_than > absl::ZeroDuration() && age >= filter.younger_than) return false;
  return filter.due_within == absl::ZeroDuration() || envelope.due <= now + filter.due_within;
}

bool MatchesState(const Filter& filter, const State& state) {
  if (!Allows(filter.states, CodeOf(state))) return false;
  if (filter.maybe_twice && !TriesOf(state).maybe_twice) return false;
  if (filter.waits.empty()) return true;
  const auto* waiting = std::get_if<state::Waiting>(&state);
  return waiting != nullptr && Allows(filter.waits, waiting->reason);
}

bool Matches(const Filter& filter, const store::Request& request, absl::Time now) {
  return MatchesState(filter, request.state) && MatchesEnvelope(filter, request.envelope, now);
}

bool IsFilter(const Filter& filter) {
  if (filter.service && !filter.run_by) return false;
  if (filter.to.value != 0 && filter.to < filter.from) return false;
  const bool bounded = filter.younger_than > absl::ZeroDuration();
  if (bounded && filter.younger_than <= filter.older_than) return false;
  // Only what waits has a reason to wait.
  return filter.waits.empty() || Allows(filter.states, StateCode::kWaiting);
}

Plan PlanResolve(Books& books, const wire::ResolveAll& call, absl::Time now) {
  Plan plan;
  Fingerprint fingerprint;
  fingerprint.Add(static_cast<uint64_t>(call.verdict));
  RequestId after;
  while (!plan.more) {
    const auto page = books.reads().InState(StateCode::kInDoubt, after, limits::kResolvePerCall);
    if (page.empty()) break;
    after = page.back();
    for (const RequestId id : page) {
      const store::Request* request = books.Find(id);
      if (!request || !std::holds_alternative<state::InDoubt>(request->state)) continue;
      if (!Matches(call.filter, *request, now)) continue;
      if (plan.requests.size() == limits::kResolvePerCall) {
        plan.more = true;
        break;
      }
      plan.requests.push_back(id);
      fingerprint.Add(id.value);
      fingerprint.Add(TriesOf(request->state).attempt);
    }
  }
  plan.token = fingerprint.Text();
  return plan;
}

}  // namespace ecluse
