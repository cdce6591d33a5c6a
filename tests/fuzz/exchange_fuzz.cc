// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/exchange/codec.h"
#include "tests/fuzz/check.h"

// XML from an operator, or from who pretends to be one; and what the simulated operator reads.
namespace {

using namespace ecluse;

template <class T, class Encode, class Decode>
void Check(const absl::StatusOr<T>& decoded, Encode encode, Decode decode) {
  if (!decoded.ok()) return fuzz::MustNotTell(decoded.status());
  const auto xml = encode(*decoded);
  fuzz::Must(xml.ok(), "what was understood can be written");
  const auto again = decode(*xml);
  fuzz::Must(again.ok(), "what was written is understood");
  fuzz::Must(*again == *decoded, "what was understood says the same when said again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view xml = fuzz::View(bytes, size);
  Check(exchange::DecodeReply(xml), exchange::EncodeReply, exchange::DecodeReply);
  Check(exchange::DecodeCall(xml), exchange::EncodeCall, exchange::DecodeCall);
  return 0;
}
