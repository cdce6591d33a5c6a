// SPDX-License-Identifier: Apache-2.0
#include "broker/core/plan.h"

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

}  // namespace

bool Matches(const wire::Filter& filter, const store::Request& request, absl::Time now) {
  const Envelope& envelope = request.envelope;
  if (filter.run_by && *filter.run_by != envelope.destination.run_by) return false;
  if (filter.service && *filter.service != envelope.destination.service) return false;
  if (filter.practice && *filter.practice != envelope.practice) return false;
  if (now - envelope.deposited_at < filter.older_than) return false;
  return filter.states.empty() || std::find(filter.states.begin(), filter.states.end(),
                                            CodeOf(request.state)) != filter.states.end();
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
