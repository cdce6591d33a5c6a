// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <string_view>

#include "adapters/protocols/mail/arl.h"
#include "adapters/protocols/mail/noemie.h"

// Reading a return never crashes, and an acknowledgement that was read says the same when written
// and read again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse::mail;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  (void)ReadNoemie(text);
  const auto ack = ReadAcknowledgement(text);
  if (!ack.ok()) return 0;
  const auto again = ReadAcknowledgement(WriteAcknowledgement(*ack));
  if (again.ok() && again->positive != ack->positive) std::abort();
  return 0;
}
