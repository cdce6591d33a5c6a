// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/protocols/exchange/codec.h"

namespace {

using namespace ecluse::exchange;

// What was understood says the same when said again.
template <class T, class Encode, class Decode>
void Check(const absl::StatusOr<T>& decoded, Encode encode, Decode decode) {
  if (!decoded.ok()) return;
  const auto xml = encode(*decoded);
  if (!xml.ok()) std::abort();
  const auto again = decode(*xml);
  if (!again.ok() || *again != *decoded) std::abort();
}

}  // namespace

// Reading XML from an operator, or from who pretends to be one, never crashes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view xml(reinterpret_cast<const char*>(bytes), size);
  Check(DecodeReply(xml), EncodeReply, DecodeReply);
  Check(DecodeCall(xml), EncodeCall, DecodeCall);
  return 0;
}
