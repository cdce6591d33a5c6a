// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "broker/ctl/view.h"
#include "proto/envelope.h"
#include "proto/gate.h"
#include "proto/history.h"
#include "proto/hold.h"
#include "proto/job.h"
#include "proto/state.h"
#include "proto/wire.h"

namespace ecluse::ctl {

// One code as the short text of a table's cell. Stable names, and whole sentences for a practice's
// screen, are in proto/texts.h.
struct Word {
  const char* english;
  const char* french;

  const char* In(const View& view) const { return view(english, french); }
};

const Word& WordOf(StateCode code);
const Word& WordOf(wire::WhyWaiting code);
const Word& WordOf(GateCode code);
const Word& WordOf(CauseCode code);
const Word& WordOf(OutcomeCode code);
const Word& WordOf(Hindrance code);
const Word& WordOf(Decision code);
const Word& WordOf(Kind code);
// What lifts a hold.
const Word& WordOf(HoldRule code);
const Word& WordOf(JobKind code);
const Word& WordOf(JobState code);

// "in_doubt" to its code; fingers that write "in-doubt" are understood.
std::optional<StateCode> StateNamed(std::string name);
// Every state's name, for the help and for errors.
std::string StateNames();

}  // namespace ecluse::ctl
