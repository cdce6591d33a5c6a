// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace ecluse::simulated {

bool Load::Set(const std::string& how) {
  Bears bears;
  for (std::string_view left = how == "none" ? "" : std::string_view(how); !left.empty();) {
    const std::string_view part = left.substr(0, left.find(','));
    left.remove_prefix(std::min(left.size(), part.size() + 1));
    const size_t equals = std::min(part.find('='), part.size());
    const std::string_view name = part.substr(0, equals);
    const std::string_view digits = part.substr(std::min(equals + 1, part.size()));
    uint32_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) return false;
    if (name == "at-once") {
      bears.at_once = number;
    } else if (name == "per-second") {
      bears.per_second = number;
    } else if (name == "for") {
      bears.closed_for = absl::Seconds(number);
    } else {
      return false;
    }
  }
  bears_ = bears;
  closed_until_ = absl::InfinitePast();
  return true;
}

void Load::DropOld(absl::Time now) {
  while (!last_second_.empty() && now - last_second_.front() >= absl::Seconds(1)) {
    last_second_.pop_front();
  }
}

void Load::Begin(absl::Time now, bool submits) {
  DropOld(now);
  last_second_.push_back(now);
  ++at_once_;
  if (submits) ++submitting_;
  most_at_once_ = std::max(most_at_once_, at_once_);
  most_per_second_ = std::max(most_per_second_, static_cast<uint32_t>(last_second_.size()));
  Weigh(now);
}

void Load::End(bool submits) {
  if (at_once_ > 0) --at_once_;
  if (submits && submitting_ > 0) --submitting_;
}

void Load::SetOthers(uint32_t others, absl::Time now) {
  others_ = others;
  DropOld(now);
  Weigh(now);
}

void Load::Weigh(absl::Time now) {
  const bool too_much = (bears_.at_once > 0 && at_once_ + others_ > bears_.at_once) ||
                        (bears_.per_second > 0 && last_second_.size() > bears_.per_second);
  if (!too_much || now < closed_until_) return;
  ++falls_;
  closed_until_ = now + bears_.closed_for;
}

absl::Duration Load::ClosedFor(absl::Time now) const {
  return std::max(closed_until_ - now, absl::ZeroDuration());
}

void Load::Reset() {
  most_at_once_ = at_once_;
  most_per_second_ = 0;
  falls_ = 0;
}

std::string Load::Told(absl::Time now) {
  DropOld(now);
  return fmt::format("at-once={} per-second={} most-at-once={} most-per-second={} falls={}",
                     at_once_, last_second_.size(), most_at_once_, most_per_second_, falls_);
}

}  // namespace ecluse::simulated
