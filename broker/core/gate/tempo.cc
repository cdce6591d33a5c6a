// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate/tempo.h"

#include <algorithm>

namespace ecluse {
namespace {

constexpr int64_t kSlotSeconds = 300;
// Less says nothing.
constexpr absl::Duration kLeast = absl::Seconds(10);
// Nobody looked for longer: the machine slept, or nothing went on.
constexpr absl::Duration kGap = absl::Minutes(1);

int64_t NumberOf(absl::Time now) { return absl::ToUnixSeconds(now) / kSlotSeconds; }

}  // namespace

Tempo::Slot& Tempo::SlotOf(absl::Time now) {
  const int64_t number = NumberOf(now);
  Slot& slot = slots_[static_cast<uint64_t>(number) % slots_.size()];
  if (slot.number != number) slot = Slot{number, 0, absl::ZeroDuration()};
  return slot;
}

void Tempo::Begun(absl::Time now) { ++SlotOf(now).begun; }

void Tempo::Note(bool going, absl::Time now) {
  const absl::Duration passed = now - noted_;
  if (going_ && passed > absl::ZeroDuration()) SlotOf(now).going += std::min(passed, kGap);
  noted_ = now;
  going_ = going;
}

uint64_t Tempo::RateMilli(absl::Time now) const {
  const int64_t newest = NumberOf(now);
  uint64_t begun = 0;
  absl::Duration going;
  for (const Slot& slot : slots_) {
    if (slot.number <= newest - static_cast<int64_t>(slots_.size()) || slot.number > newest) {
      continue;
    }
    begun += slot.begun;
    going += slot.going;
  }
  if (going < kLeast) return 0;
  return begun * 1'000'000 / static_cast<uint64_t>(absl::ToInt64Milliseconds(going));
}

}  // namespace ecluse
