// SPDX-License-Identifier: Apache-2.0
#include "broker/core/delivery/questions.h"

#include <algorithm>

namespace ecluse {

bool Questions::MayAsk(const Destination& destination, bool doubt, bool open, const Policy& policy,
                       absl::Time now) const {
  const auto found = under_way_.find(destination);
  if (found == under_way_.end()) return true;
  uint32_t doubts = 0;
  uint32_t all = 0;
  for (const auto& [id, question] : found->second) {
    if (question.until <= now) continue;
    ++all;
    if (question.doubt) ++doubts;
  }
  const uint32_t most = std::max(policy.probes_at_once, 1u);
  if (doubt) return doubts < most;
  return all < (open ? std::max(most, policy.in_flight) : most);
}

void Questions::Ask(const Destination& destination, RequestId request, bool doubt, absl::Time until,
                    absl::Time now) {
  absl::btree_map<RequestId, Question>& asked = under_way_[destination];
  absl::erase_if(asked, [&](const auto& each) { return each.second.until <= now; });
  asked[request] = {until, doubt};
}

bool Questions::End(const Destination& destination, RequestId request) {
  const auto found = under_way_.find(destination);
  const bool ended = found != under_way_.end() && found->second.erase(request) > 0;
  return ended && waits_.contains(destination);
}

void Questions::Wait(const Destination& destination, bool some) {
  if (some) {
    waits_.insert(destination);
  } else {
    waits_.erase(destination);
  }
}

absl::Time Questions::NextEnd(const Destination& destination, absl::Time now) const {
  absl::Time next = absl::InfiniteFuture();
  const auto found = under_way_.find(destination);
  if (found == under_way_.end()) return next;
  for (const auto& [id, question] : found->second) {
    if (question.until > now) next = std::min(next, question.until);
  }
  return next;
}

}  // namespace ecluse
