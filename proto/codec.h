// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "proto/wire.h"

namespace ecluse {

// One message: an envelope frame (protobuf, proto/ecluse.proto), then one frame per content, in
// the order in which the envelope names them.
using Frames = std::vector<std::string>;

// What is wrong with a message, and as much of its head as could be read, so that the error can
// be told to the caller it belongs to.
struct BadMessage {
  Error error;
  uint64_t correlation = 0;
};

Frames EncodeCall(const wire::Call& call);
Frames EncodeReply(const wire::Reply& reply);

// Checks the version, every limit of proto/limits.h, enum values, names and the number of frames.
// What comes out is well-formed; whether it is allowed or true is the core's affair.
std::variant<wire::Call, BadMessage> DecodeCall(Frames frames);
std::variant<wire::Reply, BadMessage> DecodeReply(Frames frames);

}  // namespace ecluse
