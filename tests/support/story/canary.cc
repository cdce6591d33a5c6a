// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/canary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace ecluse::story {
namespace {

struct Try {
  absl::Time begun;
  absl::Time ended = absl::InfiniteFuture();
};

}  // namespace

Trail ReadTrail(const std::vector<wire::ShowResult>& requests,
                const std::set<Destination>& never_closed) {
  Trail trail;
  std::map<Destination, std::vector<Try>> tries;
  for (const wire::ShowResult& request : requests) {
    const Destination& destination = request.row.status.destination;
    bool doubted = false, cleared = true;
    for (const JournalEntry& entry : request.history) {
      if (entry.cause == CauseCode::kBegun) {
        tries[destination].push_back({entry.at});
        if (!cleared) {
          trail.complaints.push_back(fmt::format("request {}: sent again while in doubt",
                                                 request.row.status.number.value));
        }
      } else if (entry.from == StateCode::kSending && !tries[destination].empty()) {
        tries[destination].back().ended = entry.at;
      }
      if (entry.to == StateCode::kInDoubt) doubted = true, cleared = false;
      if (entry.from == StateCode::kInDoubt && entry.to != StateCode::kInDoubt) cleared = true;
    }
    trail.doubted += doubted;
  }
  for (auto& [destination, list] : tries) {
    trail.tries += list.size();
    if (never_closed.contains(destination)) continue;
    std::ranges::sort(list, {}, &Try::begun);
    if (list.size() > 1 && list[1].begun < list[0].ended) {
      trail.complaints.push_back(
          fmt::format("{}: the first request did not go alone", ToString(destination)));
    }
  }
  return trail;
}

}  // namespace ecluse::story
