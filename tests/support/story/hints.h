// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/support/patients/people.h"

namespace ecluse::story {

struct Running {
  std::string ctl;               // the program eclusectl
  std::string operator_program;  // ecluse-operator
  std::string folder;            // of the story's files
  int broker_port = 0;
  std::string broker_key;  // public
  int control_port = 0;    // of the first simulated operator
  bool mail = false;       // bills went by mail
  patients::Practice practice;
};

// Commands for a person to try while everything is left running.
std::string HintsText(const Running& running);

}  // namespace ecluse::story
