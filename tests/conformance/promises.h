// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/conformance/play.h"

// The promises of an adapter, each with the play that finds out whether it is kept.
namespace ecluse::conformance {

struct Promise {
  std::string name;  // "at-most-once"
  std::string says;  // what is promised, for people
  // Settings of the play's world beyond the usual.
  uint32_t in_flight = 16;
  // Why an adapter of these settings can't be asked for it; empty: it can.
  std::function<std::string(const Settings&)> not_applicable;
  std::function<Finding(Play&)> find;
  bool scripted = false;  // the play's broker is a Script
};

// In the order in which they are printed.
const std::vector<Promise>& Promises();

// promises_sending.cc
Finding AtMostOnce(Play& play);
Finding DoubtIsDoubt(Play& play);
Finding ProbeIsTruthful(Play& play);
Finding SurelyNotSentIsTrue(Play& play);
Finding RetryAfterInFull(Play& play);
// promises_ending.cc
Finding GracefulStop(Play& play);
Finding CrashInTheMiddle(Play& play);
Finding TwoAtOnce(Play& play);
Finding LateAnswers(Play& play);
// promises_content.cc
Finding BigContent(Play& play);
Finding RefusedLoginOnce(Play& play);
Finding SecretsNotLogged(Play& play);
// promises_reopening.cc
Finding Epochs(Play& play);
Finding DryRun(Play& play);
Finding Leaves(Play& play);

}  // namespace ecluse::conformance
