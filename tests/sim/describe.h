// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "broker/core/broker.h"
#include "broker/core/step.h"
#include "proto/state.h"

namespace ecluse::sim {

// One line of a trace, with the request that it concerns; 0: all.
struct Said {
  RequestId request;
  std::string text;
};

std::vector<Said> Describe(const Inbound& inbound);
std::vector<Said> Describe(const Outbound& word);

std::string NameOf(StateCode code);

}  // namespace ecluse::sim
