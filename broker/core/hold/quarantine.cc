// SPDX-License-Identifier: Apache-2.0
#include "broker/core/hold/quarantine.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace ecluse {
namespace {

constexpr size_t kPage = 512;

}  // namespace

bool Quarantine::HasWork() const {
  for (const auto& [practice, holds] : books_.holds().quarantined()) {
    const auto place = places_.find(practice);
    if (place == places_.end() || !place->second.done) return true;
  }
  return false;
}

void Quarantine::SetAside(const Turn& turn) {
  absl::erase_if(places_, [&](const auto& p) { return !books_.holds().IsQuarantined(p.first); });
  for (const auto& [practice, holds] : books_.holds().quarantined()) {
    Place& place = places_[practice];
    if (place.done) continue;
    if (place.outside == StateCode::kReady) {
      LookAtLanes(practice, place, turn);
    } else {
      LookOutside(practice, place, turn);
    }
    return;
  }
}

void Quarantine::Park(const PracticeId& practice, RequestId id, const Turn& turn) {
  store::Request* request = books_.Find(id);
  if (!request || request->envelope.practice != practice) return;
  if (TriesOf(request->state).cleared) return;
  books_.Apply(turn, *request, cause::Parked{Wait::kQuarantine},
               {"", "its practice is in quarantine"});
}

void Quarantine::LookAtLanes(const PracticeId& practice, Place& place, const Turn& turn) {
  const std::vector<Destination> all = books_.Destinations();
  auto at = place.destination ? std::lower_bound(all.begin(), all.end(), *place.destination)
                              : all.begin();
  for (; at != all.end(); ++at) {
    if (place.destination != *at)
      place = Place{*at, Share::kFresh, {}, StateCode::kReady, {}, false};
    while (true) {
      const auto page = books_.reads().Ready(*at, practice, place.share, place.after, kPage);
      for (const Rank& rank : page) Park(practice, rank.id, turn);
      if (!page.empty()) {
        place.after = page.back();
        return;
      }
      if (place.share == Share::kBacklog) break;
      place.share = Share::kBacklog;
      place.after.reset();
    }
  }
  place.outside = StateCode::kDeferred;
}

void Quarantine::LookOutside(const PracticeId& practice, Place& place, const Turn& turn) {
  const auto page = books_.reads().InState(place.outside, place.looked, kPage);
  for (const RequestId id : page) Park(practice, id, turn);
  if (!page.empty()) {
    place.looked = page.back();
  } else if (place.outside == StateCode::kDeferred) {
    place.outside = StateCode::kWaiting;
    place.looked = RequestId{};
  } else {
    place.done = true;
  }
}

}  // namespace ecluse
