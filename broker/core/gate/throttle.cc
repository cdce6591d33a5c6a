// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate/throttle.h"

#include <algorithm>
#include <limits>

namespace ecluse {
namespace {

constexpr int64_t kToken = 1'000'000'000;
// Long enough to fill it at any rate, short enough to be multiplied by any.
constexpr absl::Duration kLongest = absl::Seconds(1000);

int64_t MostAt(uint32_t rate) { return std::max(kToken, int64_t{rate} * 100'000); }

}  // namespace

void Throttle::Fill(absl::Time now, uint32_t rate) {
  const bool known = filled_ != absl::InfinitePast();
  // A clock that goes back gives nothing, and takes nothing.
  const absl::Duration passed =
      known ? std::clamp(now - filled_, absl::ZeroDuration(), kLongest) : absl::ZeroDuration();
  filled_ = now;
  level_ = std::min(level_ + absl::ToInt64Microseconds(passed) * rate, MostAt(rate));
}

void Throttle::Take() { level_ = std::max<int64_t>(level_ - kToken, 0); }

uint32_t Throttle::Tokens(uint32_t rate) const {
  if (rate == 0) return std::numeric_limits<uint32_t>::max();
  return static_cast<uint32_t>(level_ / kToken);
}

absl::Time Throttle::When(uint32_t tokens, uint32_t rate) const {
  if (rate == 0 || Tokens(rate) >= tokens) return filled_;
  const int64_t wanted = int64_t{tokens} * kToken;
  if (wanted > MostAt(rate)) return absl::InfiniteFuture();
  return filled_ + absl::Microseconds((wanted - level_ + rate - 1) / rate);
}

}  // namespace ecluse
