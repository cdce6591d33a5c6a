// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/check.h"
#include "tests/fuzz/frames.h"

// Calls of practices, adapters and ops: what is accepted says the same when said again, and what is
// refused is refused naming a field and no value.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const auto decoded = DecodeCall(fuzz::ToFrames(bytes, size));
  if (const auto* bad = std::get_if<BadMessage>(&decoded)) {
    fuzz::MustNotTell(bad->error.field);
    return 0;
  }
  const auto& call = std::get<wire::Call>(decoded);
  const auto again = DecodeCall(EncodeCall(call));
  fuzz::Must(again.index() == 0, "a call that was read can be said again");
  fuzz::Must(std::get<wire::Call>(again) == call, "a call says the same when said again");
  return 0;
}
