// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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

}  // namespace ecluse::cause

namespace ecluse {

using Cause = std::variant<cause::Granted, cause::Begun, cause::Refused, cause::Lapsed,
                           cause::Reported, cause::Probed, cause::Found, cause::Answered,
                           cause::RetryDue, cause::Held, cause::Released, cause::Resolved,
                           cause::Withdrawn, cause::Damaged, cause::Rerouted>;

CauseCode CodeOf(const Cause& cause);

}  // namespace ecluse
