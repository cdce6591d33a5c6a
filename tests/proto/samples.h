// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "proto/codec.h"

// At least one message of every kind, every field filled, no two fields with the same value.
namespace ecluse::samples {

struct SampleCall {
  std::string name;
  wire::Call call;
};
struct SampleReply {
  std::string name;
  wire::Reply reply;
};

std::vector<SampleCall> Calls();
std::vector<SampleReply> Replies();

}  // namespace ecluse::samples
