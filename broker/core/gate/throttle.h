// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>

namespace ecluse {

// A bucket of tokens, one for each request that may begin. It fills at a rate that is told each
// time, in thousandths of a request a second, and holds a tenth of a second of it, or one token:
// what was not used while nothing was to do makes no burst. 0: no bound. In memory only: after a
// start it is empty, so that a restart never makes a burst.
class Throttle {
 public:
  // Fills it up to `now`. Called before the rate changes, and before a look.
  void Fill(absl::Time now, uint32_t rate);
  void Take();

  // Whole tokens in it at the last Fill().
  uint32_t Tokens(uint32_t rate) const;
  // When it will have so many; InfiniteFuture: never, for it does not hold that much.
  absl::Time When(uint32_t tokens, uint32_t rate) const;

 private:
  absl::Time filled_ = absl::InfinitePast();
  int64_t level_ = 0;  // in millionths of a thousandth of a token: rate times microseconds
};

}  // namespace ecluse
