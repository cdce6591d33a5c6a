// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "tests/fuzz/frames.h"

// Decoding never crashes, and what it accepts says the same when said again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const auto decoded = DecodeCall(fuzz::ToFrames(bytes, size));
  const auto* call = std::get_if<wire::Call>(&decoded);
  if (call == nullptr) return 0;
  const auto again = DecodeCall(EncodeCall(*call));
  if (again.index() != 0 || std::get<wire::Call>(again) != *call) std::abort();
  return 0;
}
