// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "proto/envelope.h"
#include "proto/outcome.h"

namespace ecluse {

// What an integrator writes: how one operator is spoken to. The library does the rest.
//
// Both functions are called from the worker's own threads, several requests at a time, so an
// implementation shares nothing unguarded between calls. They must return within the
// destination's `silence`; a total timeout below it is the handler's duty. They do not throw.
class Handler {
 public:
  virtual ~Handler() = default;

  // Sends one request to the operator. Called at most once per attempt, after the broker said
  // proceed. `content` is byte for byte what the practice deposited.
  //
  // nullopt: cannot tell whether the operator got it. Never answer Deferred unless surely not a
  // byte of the request was acted upon: a Deferred request is sent again.
  virtual std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                         std::string_view content) = 0;

  // Asks the operator what became of an earlier try, without sending again; also how the answer
  // of an accepted request is fetched. Deferred: the operator truthfully never had it.
  // nullopt: it cannot say. May be repeated.
  virtual std::optional<Outcome> Probe(const Envelope& envelope) {
    (void)envelope;
    return std::nullopt;
  }
};

}  // namespace ecluse
