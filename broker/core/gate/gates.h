// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/books.h"

// What the core tells gates of the life of requests, with the others that a gate may concern: those
// of its failure domain.
namespace ecluse {

// The outcome of a try that ended in its own time; nullptr: silence.
void TellGate(Books& books, const Destination& destination, const Outcome* outcome,
              const Turn& turn);
// The operator said something of a request that was in state `before`. If it is new, it counts for
// the mix of answers, however it came.
void TellMix(Books& books, const State& before, const store::Request& request,
             const Outcome& outcome, const Turn& turn);
// A question about an earlier try found the whole operator hindered.
void TellHindered(Books& books, const Destination& destination, const outcome::Deferred& why,
                  const Turn& turn);

}  // namespace ecluse
