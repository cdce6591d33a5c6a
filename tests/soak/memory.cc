// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/memory.h"

#include <algorithm>

#include "tests/soak/measure.h"

namespace ecluse::soak {
namespace {

constexpr double kMiB = 1 << 20;

}  // namespace

void Memory::Sample(uint64_t waiting) {
  if (samples_.size() == samples_.capacity()) return;
  samples_.push_back({static_cast<double>(waiting), static_cast<double>(ResidentBytes())});
}

void Memory::Tell(const std::string& cell, bool slope) const {
  if (samples_.empty()) return;
  const auto [least, most] =
      std::minmax_element(samples_.begin(), samples_.end(),
                          [](const One& a, const One& b) { return a.resident < b.resident; });
  Row(cell + ", resident, least", least->resident / kMiB, "MiB");
  Row(cell + ", resident, most", most->resident / kMiB, "MiB");
  double x = 0;
  double y = 0;
  for (const One& one : samples_) {
    x += one.waiting / static_cast<double>(samples_.size());
    y += one.resident / static_cast<double>(samples_.size());
  }
  double xy = 0;
  double xx = 0;
  for (const One& one : samples_) {
    xy += (one.waiting - x) * (one.resident - y);
    xx += (one.waiting - x) * (one.waiting - x);
  }
  Row(cell + ", resident, mean", y / kMiB, "MiB");
  if (slope && xx > 0) Row(cell + ", resident, slope", xy / xx * 1e6 / kMiB, "MiB/million waiting");
}

}  // namespace ecluse::soak
