// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <string>
#include <variant>

#include "proto/history.h"
#include "proto/names.h"
#include "proto/outcome.h"
#include "proto/wire.h"

// What can happen to a request. Each carries only what the life of a request depends on.
namespace ecluse::cause {

struct Granted {
  WorkerId worker;
};
struct Begun {
  WorkerId worker;
};
// The worker asked to begin, but gate or hold say no by now.
struct Refused {
  WorkerId worker;
};
// The time of a lease, of a try, or of the last probe is over.
struct Lapsed {};
// The outcome of a try; nullptr: the worker itself cannot tell.
struct Reported {
  WorkerId worker;
  uint32_t attempt = 0;
  const Outcome* outcome = nullptr;
  // Of a try in a life of the store that this one knows nothing of: only what the operator has
  // is told then.
  bool of_other_life = false;
};
// A worker is being asked to probe.
struct Probed {};
// What a probe of `attempt` learned; nullptr: it cannot tell.
struct Found {
  uint32_t attempt = 0;
  const Outcome* outcome = nullptr;
};
// An answer that came by itself.
struct Answered {
  const Outcome* outcome = nullptr;
};
// The pause of a deferred request is over; or the routing tables say its own destination again.
struct RetryDue {};
struct Held {};
// Its last own hold was lifted, or a person puts it back after a look.
struct Released {};
struct Resolved {
  wire::Verdict verdict = wire::Verdict::kSent;
};
struct Withdrawn {};
struct Damaged {};
// The routing tables say another destination than its own, or none.
struct Rerouted {};
// What it waited for in its case is there; it takes along the number of its authorisation. Some
// operators refuse what comes too soon after a grant.
struct Followed {
  std::string grant;  // empty: none
  absl::Time not_before = absl::InfinitePast();
};
// … ended in a way that the practice must decide on.
struct Undecided {};
// … was refused: there is nothing to send.
struct Returned {};
// Set aside, for a reason of Wait.
struct Parked {
  Wait reason = Wait::kHeld;
  JobId job = {};
};
// The practice still wants it.
struct Confirmed {};
// The practice decided that it goes, with this authorisation number; empty: without.
struct Decided {
  std::string grant;
  uint32_t heard = 0;  // what its authorisation had said by then: Tries::said
};
// It was sent by other means; the operator's number for it, if it gave one.
struct Elsewhere {
  std::string number;
};
struct Destroyed {};
// The store was restored since it was last known to be unsent.
struct Fenced {};
// A person sent it another way: its destination is a new one.
struct Moved {};

}  // namespace ecluse::cause

namespace ecluse {

using Cause =
    std::variant<cause::Granted, cause::Begun, cause::Refused, cause::Lapsed, cause::Reported,
                 cause::Probed, cause::Found, cause::Answered, cause::RetryDue, cause::Held,
                 cause::Released, cause::Resolved, cause::Withdrawn, cause::Damaged,
                 cause::Rerouted, cause::Followed, cause::Undecided, cause::Returned, cause::Parked,
                 cause::Confirmed, cause::Decided, cause::Elsewhere, cause::Destroyed,
                 cause::Fenced, cause::Moved>;

CauseCode CodeOf(const Cause& cause);

}  // namespace ecluse
