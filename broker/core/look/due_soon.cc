// SPDX-License-Identifier: Apache-2.0
#include "broker/core/look/due_soon.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "proto/limits.h"

namespace ecluse {
namespace {

// Looks at the store in one call, for the loop does nothing else meanwhile.
constexpr size_t kLanePages = 5'000;
constexpr size_t kRanksPerPage = 100;
constexpr size_t kSetAside = 2 * limits::kScanPerCall;

// Ranks of one lane and order begin with the soonest date, so that a page mostly ends the look.
// False: `pages` are used up.
bool CountLane(Books& books, const Destination& destination, const PracticeId& practice,
               const Rank& start, absl::Time until, size_t& pages, uint64_t& count) {
  for (std::optional<Rank> after = start;;) {
    if (pages == 0) return false;
    --pages;
    const auto page = books.reads().Ready(destination, practice, start.share, after, kRanksPerPage);
    for (const Rank& rank : page) {
      if (rank.order != start.order || rank.due > until) return true;
      ++count;
    }
    if (page.size() < kRanksPerPage) return true;
    after = page.back();
  }
}

bool CountLanes(Books& books, absl::Time until, DueSoon& due) {
  size_t pages = kLanePages;
  for (const Destination& destination : books.Destinations()) {
    const Queue& queue = std::as_const(books).QueueOf(destination);
    for (const PracticeId& practice : queue.Practices()) {
      for (const Share share : {Share::kFresh, Share::kBacklog}) {
        if (queue.CountOf(practice, share) == 0) continue;
        for (const uint8_t order : {0, 1}) {
          const Rank start{share, order, absl::UnixEpoch(), RequestId{}};
          if (!CountLane(books, destination, practice, start, until, pages,
                         due.requests[destination])) {
            return false;
          }
        }
      }
    }
  }
  return true;
}

bool CountSetAside(Books& books, StateCode code, absl::Time until, size_t& left, DueSoon& due) {
  for (RequestId after;;) {
    if (left == 0) return false;
    const size_t most = std::min(left, limits::kScanPerCall);
    const auto page = books.reads().InState(code, after, most);
    left -= page.size();
    for (const RequestId id : page) {
      const store::Request* request = books.Find(id);
      if (!request || CodeOf(request->state) != code || request->envelope.due > until) continue;
      ++due.requests[request->envelope.destination];
    }
    if (page.size() < most) return true;
    after = page.back();
  }
}

}  // namespace

DueSoon CountDueSoon(Books& books, absl::Time until) {
  DueSoon due;
  due.at_least = !CountLanes(books, until, due);
  size_t left = kSetAside;
  for (const StateCode code : {StateCode::kInDoubt, StateCode::kWaiting, StateCode::kDeferred}) {
    if (!CountSetAside(books, code, until, left, due)) due.at_least = true;
  }
  return due;
}

}  // namespace ecluse
