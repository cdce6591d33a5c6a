// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/faults.h"

#include <charconv>
#include <map>

namespace ecluse {

uint64_t Scatter(uint64_t seed, std::string_view text, uint64_t salt) {
  uint64_t h = 0xcbf29ce484222325 ^ seed;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  h += salt * 0x9e3779b97f4a7c15;
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9;
  h = (h ^ (h >> 27)) * 0x94d049bb133111eb;
  return h ^ (h >> 31);
}

absl::StatusOr<Faults> ParseFaults(std::string_view text) {
  Faults faults;
  uint32_t late_ms = 3000;
  uint32_t slow_ms = 1000;
  uint32_t busy_ms = 1000;
  uint32_t latency_ms = 0;
  const std::map<std::string_view, uint32_t*> names = {
      {"error", &faults.error},
      {"busy", &faults.busy},
      {"drop-before", &faults.drop_before},
      {"drop-after", &faults.drop_after},
      {"late", &faults.late},
      {"slow", &faults.slow},
      {"garbage", &faults.garbage},
      {"trickle", &faults.trickle},
      {"huge", &faults.huge},
      {"bomb", &faults.bomb},
      {"page", &faults.page},
      {"late-ms", &late_ms},
      {"slow-ms", &slow_ms},
      {"busy-ms", &busy_ms},
      {"latency-ms", &latency_ms},
  };
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const size_t equals = part.find('=');
    const auto found = names.find(part.substr(0, equals));
    if (equals == std::string_view::npos || found == names.end()) {
      return absl::InvalidArgumentError("unknown fault: " + std::string(part));
    }
    const std::string_view value = part.substr(equals + 1);
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), *found->second);
    if (parsed.ec != std::errc() || parsed.ptr != value.data() + value.size()) {
      return absl::InvalidArgumentError("not a number: " + std::string(part));
    }
  }
  if (faults.error + faults.busy + faults.drop_before + faults.drop_after + faults.late +
          faults.slow + faults.garbage + faults.trickle + faults.huge + faults.bomb + faults.page >
      100) {
    return absl::InvalidArgumentError("more than 100 faults in a hundred");
  }
  faults.late_for = absl::Milliseconds(late_ms);
  faults.slow_for = absl::Milliseconds(slow_ms);
  faults.busy_for = absl::Milliseconds(busy_ms);
  faults.latency = absl::Milliseconds(latency_ms);
  return faults;
}

Fault Choose(const Faults& faults, uint64_t seed, std::string_view key, uint32_t visit) {
  uint64_t ball = Scatter(seed, key, visit) % 100;
  const std::pair<uint32_t, Fault> shares[] = {
      {faults.error, Fault::kError},
      {faults.busy, Fault::kBusy},
      {faults.drop_before, Fault::kDropBefore},
      {faults.drop_after, Fault::kDropAfter},
      {faults.late, Fault::kLate},
      {faults.slow, Fault::kSlow},
      {faults.garbage, Fault::kGarbage},
      {faults.trickle, Fault::kTrickle},
      {faults.huge, Fault::kHuge},
      {faults.bomb, Fault::kBomb},
      {faults.page, Fault::kPage},
  };
  for (const auto& [share, fault] : shares) {
    if (ball < share) return fault;
    ball -= share;
  }
  return Fault::kNone;
}

}  // namespace ecluse
