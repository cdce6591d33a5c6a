// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "broker/core/gate/mix.h"
#include "broker/core/gate/tempo.h"
#include "broker/core/gate/throttle.h"
#include "broker/core/policy.h"
#include "proto/gate.h"
#include "proto/outcome.h"

namespace ecluse {

// Who works on a destination's requests now.
struct InHand {
  uint32_t leased = 0;   // granted, not begun
  uint32_t sending = 0;  // begun, not reported
};

// May this destination get more now, how many, and why not. Pure.
//
// A portal that answers is not a service that is open. So the announced hour is a hint: at the
// hour, after a pause, and after a person's reopening, one request goes first (the canary). When
// the operator took it, the others follow by feedback (pace.h), in number and in rate. Whatever
// fails on the way up closes it again for a while, and a bad mix of answers (mix.h) until a person
// has looked.
//
// INVARIANT: what a person closed, only a person opens, or the hour that a person wrote down.
class Gate {
 public:
  explicit Gate(GateState state) : state_(std::move(state)) {}

  const GateState& state() const { return state_; }
  // The state changed in a way that must outlive the process since this was last asked. An open
  // gate has nothing to write for a request that passes it.
  bool TakeChanged() { return std::exchange(changed_, false); }

  // What people say. Each may be repeated: closing a closed gate keeps since when it is closed.
  void Close(const std::string& by, const std::string& reason, std::optional<absl::Time> announced,
             absl::Time now);
  void Reopen(const std::string& by, const std::string& reason, bool at_once, const Policy& policy,
              absl::Time now);
  void Allow(uint32_t requests, const std::string& by, const std::string& reason);
  // Writes down, puts off or withdraws (nullopt) the hour. False: it is not closed by a person.
  bool Announce(const std::string& by, const std::string& source, std::optional<absl::Time> at);

  // From closed to canary at the announced hour and this broker's own offset; from reclosed when
  // its pause is over. `wanted`: some wait for it.
  void TimePassed(const House& house, const Policy& policy, bool wanted, absl::Time now);

  // How many more may be granted.
  uint32_t Room(const InHand& in_hand, const Policy& policy, absl::Time now) const;
  // May one of the granted begin? Asked at the moment of sending.
  bool MayBegin(const InHand& in_hand, const Policy& policy, absl::Time now) const;
  // May the operator be asked about earlier tries?
  bool MayProbe(absl::Time now) const;
  // The next to go is a canary: it should be one that costs little if it is lost.
  bool GoesAlone() const;
  // Its operator is open as far as we know: all or ever more may go.
  bool IsFlowing() const {
    return state_.code == GateCode::kOpen || state_.code == GateCode::kRamping;
  }

  // What happened to those that began. `word` is what the operator said of one that it got.
  void Begun(const Policy& policy, absl::Time now);
  void Took(Word word, const Policy& policy, absl::Time now);
  void Hindered(const outcome::Deferred& why, const Policy& policy, absl::Time now);  // all are
  void Silent(const Policy& policy, absl::Time now);                                  // doubt
  // Any answer, however it came, counts once for the mix.
  void Heard(Word word, const Policy& policy, absl::Time now);
  // Another of its failure domain fell: one at a time from now on, without a pause.
  void FellWith(const std::string& other, const Policy& policy, absl::Time now);

  // When Room() may grow by itself; InfiniteFuture: never.
  absl::Time NextChange(const InHand& in_hand, const House& house, const Policy& policy,
                        absl::Time now) const;

  // Begun a second in thousandths, over the time in which it let through what waited within the
  // last hour; 0: unknown. Forgotten by a start.
  uint64_t RateMilli(absl::Time now) const { return tempo_.RateMilli(now); }

 private:
  void Enter(GateCode code, std::string reason, absl::Time now);
  void Suspect(std::string reason, const Policy& policy, absl::Time now);
  void Fail(std::string reason, absl::Duration at_least, const Policy& policy, absl::Time now);
  void Pause(absl::Duration at_least, const Policy& policy, absl::Time now);
  void Rise(const Policy& policy, absl::Time now);
  void LearnUsual(Word word);
  bool Lets(absl::Time now) const;
  uint32_t Most(const Policy& policy) const;
  uint32_t Rate(const Policy& policy) const;

  GateState state_;
  bool changed_ = false;
  // In memory only.
  Throttle throttle_;
  Tempo tempo_;
  uint32_t held_ = 0;      // taken while open
  uint32_t silences_ = 0;  // while open, in a row
  uint32_t learning_seen_ = 0;
  uint32_t learning_bad_ = 0;
};

}  // namespace ecluse
