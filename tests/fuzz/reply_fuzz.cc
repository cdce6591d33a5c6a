// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/check.h"
#include "tests/fuzz/frames.h"

// Replies of the broker: what is accepted says the same when said again, and what is refused is
// refused naming a field and no value.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const auto decoded = DecodeReply(fuzz::ToFrames(bytes, size));
  if (const auto* bad = std::get_if<BadMessage>(&decoded)) {
    fuzz::MustNotTell(bad->error.field);
    return 0;
  }
  const auto& reply = std::get<wire::Reply>(decoded);
  const auto again = DecodeReply(EncodeReply(reply));
  fuzz::Must(again.index() == 0, "a reply that was read can be said again");
  fuzz::Must(std::get<wire::Reply>(again) == reply, "a reply says the same when said again");
  return 0;
}
