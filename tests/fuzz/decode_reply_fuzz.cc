// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "tests/fuzz/frames.h"

// Decoding never crashes, and what it accepts says the same when said again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const auto decoded = DecodeReply(fuzz::ToFrames(bytes, size));
  const auto* reply = std::get_if<wire::Reply>(&decoded);
  if (reply == nullptr) return 0;
  const auto again = DecodeReply(EncodeReply(*reply));
  if (again.index() != 0 || std::get<wire::Reply>(again) != *reply) std::abort();
  return 0;
}
