// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <deque>
#include <string>

namespace ecluse::simulated {

// How much a service is asked at once, and what it bears: over that it falls over, as a portal does
// when everybody logs in at the same minute. Not guarded: the desk guards it.
class Load {
 public:
  // Over so many requests at a time, or in one second, it is closed for a while; 0: bears anything.
  struct Bears {
    uint32_t at_once = 0;
    uint32_t per_second = 0;
    absl::Duration closed_for = absl::Seconds(30);
  };
  // "at-once=8,per-second=20,for=30"; what is not named is 0, and "for" as above. False: no such
  // name or number.
  bool Set(const std::string& how);

  // One more came in. `at_once` counts it too; `submits`: it brings something, and doesn't only
  // ask.
  void Begin(absl::Time now, bool submits);
  void End(bool submits);
  // From now on so many others, whom nobody plays, ask the service all the time: they weigh as
  // those at once do, and are not counted among them.
  void SetOthers(uint32_t others, absl::Time now);
  // How long it is closed still, because it was too much; zero: open.
  absl::Duration ClosedFor(absl::Time now) const;

  uint32_t at_once() const { return at_once_; }
  uint32_t submitting() const { return submitting_; }
  // Forgets what was the most so far.
  void Reset();
  // "at-once=2 per-second=5 most-at-once=8 most-per-second=20 falls=1"
  std::string Told(absl::Time now);

 private:
  void DropOld(absl::Time now);
  void Weigh(absl::Time now);

  Bears bears_;
  uint32_t at_once_ = 0;
  uint32_t submitting_ = 0;
  uint32_t others_ = 0;
  std::deque<absl::Time> last_second_;
  uint32_t most_at_once_ = 0;
  uint32_t most_per_second_ = 0;
  uint32_t falls_ = 0;
  absl::Time closed_until_ = absl::InfinitePast();
};

}  // namespace ecluse::simulated
