// SPDX-License-Identifier: Apache-2.0
#include "broker/core/job/job_page.h"

#include <algorithm>

#include "broker/core/job/job_rules.h"
#include "broker/core/job/plan.h"

namespace ecluse {
namespace {

bool HasIndex(StateCode code) {
  return code == StateCode::kWaiting || code == StateCode::kDeferred || code == StateCode::kInDoubt;
}

// The states in which all lie that the job can mean, where each has an index; empty: others too.
std::vector<StateCode> IndexedStates(const Job& job) {
  // What a quarantine stops may still be in its queue.
  const bool quarantine = job.kind == JobKind::kRelease && NamesWait(job, Wait::kQuarantine);
  const bool waits = job.kind == JobKind::kRelease || !job.filter.waits.empty();
  if (waits && !quarantine) return {StateCode::kWaiting};
  const std::vector<StateCode>& states = job.filter.states;
  if (std::all_of(states.begin(), states.end(), HasIndex)) return states;
  return {};
}

JobPage Merge(const store::Reads& reads, const std::vector<StateCode>& states, RequestId after,
              RequestId end, size_t at_most) {
  JobPage page;
  page.at = end;
  for (const StateCode code : states) {
    const std::vector<RequestId> found = reads.InState(code, after, at_most);
    // Beyond the shortest of the pages nothing is known.
    if (found.size() == at_most) page.at = std::min(page.at, found.back());
    page.ids.insert(page.ids.end(), found.begin(), found.end());
    page.looked += found.size();
  }
  std::sort(page.ids.begin(), page.ids.end());
  page.ids.erase(std::unique(page.ids.begin(), page.ids.end()), page.ids.end());
  page.ids.erase(std::upper_bound(page.ids.begin(), page.ids.end(), page.at), page.ids.end());
  return page;
}

JobPage Scan(const store::Reads& reads, const Job& job, RequestId after, RequestId end,
             size_t at_most) {
  JobPage page;
  const std::vector<store::Request> found = reads.Scan(after, at_most);
  page.looked = found.size();
  page.at = found.size() < at_most ? end : std::min(end, found.back().envelope.id);
  for (const store::Request& request : found) {
    const Envelope& envelope = request.envelope;
    if (envelope.id > end) break;
    if (MatchesEnvelope(job.filter, envelope, job.since)) page.ids.push_back(envelope.id);
  }
  return page;
}

}  // namespace

JobPage ReadPage(const store::Reads& reads, const Job& job, RequestId after, size_t at_most) {
  const Filter& filter = job.filter;
  const RequestId end = filter.to.value == 0 ? job.last : std::min(job.last, filter.to);
  if (filter.from.value > 0) after = std::max(after, RequestId{filter.from.value - 1});
  if (after >= end) return {{}, job.last, 0};
  const std::vector<StateCode> states = IndexedStates(job);
  JobPage page = states.empty() ? Scan(reads, job, after, end, at_most)
                                : Merge(reads, states, after, end, at_most);
  if (page.at >= end) page.at = job.last;
  return page;
}

}  // namespace ecluse
