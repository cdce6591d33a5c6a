// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <vector>

namespace ecluse::soak {

// When requests are deposited: most of them during the closure, in a shop's hours; the last
// hundredth evenly over the hours after the reopening, while the others drain. The hours and days
// are an assumption: busy late mornings and afternoons, half a Saturday, nearly no Sunday.
class Rhythm {
 public:
  Rhythm(uint64_t requests, uint32_t days);

  absl::Time begins() const { return begins_; }
  // The hour that is announced.
  absl::Time reopens() const { return reopens_; }
  // Those before it are deposited while the operators are closed.
  uint64_t first_after() const { return first_after_; }
  // Never earlier than that of the one before.
  absl::Time At(uint64_t request) const;

 private:
  uint64_t requests_;
  uint64_t first_after_;
  absl::Time begins_;
  absl::Time reopens_;
  std::vector<double> until_;  // how many are deposited until the end of each hour
};

}  // namespace ecluse::soak
