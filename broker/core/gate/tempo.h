// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <array>
#include <cstdint>

namespace ecluse {

// How fast requests went lately: those that began in the last hour, over the time in which they
// were let through and some waited. In memory only; a start forgets it.
class Tempo {
 public:
  void Begun(absl::Time now);
  // Told often: from now on requests go, or do not.
  void Note(bool going, absl::Time now);

  // Begun a second, in thousandths; 0: unknown.
  uint64_t RateMilli(absl::Time now) const;

 private:
  struct Slot {
    int64_t number = -1;  // of five minutes since 1970
    uint64_t begun = 0;
    absl::Duration going;
  };
  Slot& SlotOf(absl::Time now);

  std::array<Slot, 12> slots_;
  absl::Time noted_ = absl::InfiniteFuture();
  bool going_ = false;
};

}  // namespace ecluse
