// SPDX-License-Identifier: Apache-2.0
#include "broker/core/hold/fence.h"

#include <algorithm>
#include <utility>

namespace ecluse {
namespace {

constexpr size_t kPage = 64;
constexpr size_t kPagesPerTurn = 64;

constexpr char kWhy[] = "restored since: the operator is asked first";

// In doubt, due to be asked, and nobody was asked yet.
bool IsUnasked(const store::Request* request, absl::Time now) {
  const auto* doubt = request ? std::get_if<state::InDoubt>(&request->state) : nullptr;
  return doubt && doubt->probes == 0 && doubt->next_probe_at <= now;
}

}  // namespace

bool Fence::MayTurn(const Destination& destination, absl::Time now) {
  const Policy& policy = books_.PolicyOf(destination);
  // Only people can tell: there is no queue of questions.
  if (!policy.can_probe) return true;
  // What the life before had begun may still be on its way: asked now, the operator would say that
  // it has nothing.
  first_look_ = std::min(first_look_, now);
  if (now < first_look_ + policy.silence + policy.settle) return false;
  absl::btree_set<RequestId>& unasked = unasked_[destination];
  absl::erase_if(unasked, [&](RequestId id) { return !IsUnasked(books_.Find(id), now); });
  return unasked.size() < policy.probes_at_once;
}

void Fence::Turned(const Destination& destination, RequestId request) {
  unasked_[destination].insert(request);
}

bool Fence::NextLane(const Destination& destination, Place& place) const {
  if (place.share == Share::kFresh && !place.practice.text.empty()) {
    place.share = Share::kBacklog;
    place.after.reset();
    return true;
  }
  std::optional<PracticeId> next =
      std::as_const(books_).QueueOf(destination).PracticeBehind(place.practice);
  if (!next) return false;
  place = {*std::move(next), Share::kFresh, std::nullopt, false};
  return true;
}

void Fence::LookOn(const Destination& destination, const Turn& turn) {
  Place& place = places_[destination];
  if (place.done || books_.PolicyOf(destination).idempotent) return;
  for (size_t pages = 0; pages < kPagesPerTurn; ++pages) {
    const std::vector<Rank> page =
        place.practice.text.empty()
            ? std::vector<Rank>{}
            : books_.reads().Ready(destination, place.practice, place.share, place.after, kPage);
    for (const Rank& rank : page) {
      if (!MayTurn(destination, turn.now)) return;
      place.after = rank;
      store::Request* request = books_.Find(rank.id);
      if (!request || TriesOf(request->state).epoch == books_.epoch()) continue;
      if (books_.Apply(turn, *request, cause::Fenced{}, {"", kWhy})) Turned(destination, rank.id);
    }
    if (page.size() == kPage) continue;
    if (!NextLane(destination, place)) {
      place.done = true;
      return;
    }
  }
}

}  // namespace ecluse
