// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/arl.h"
#include "tests/fuzz/check.h"

// Acknowledgements: what was read says the same when written and read again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const auto ack = mail::ReadAcknowledgement(fuzz::View(bytes, size));
  if (!ack.ok()) return fuzz::MustNotTell(ack.status()), 0;
  const auto again = mail::ReadAcknowledgement(mail::WriteAcknowledgement(*ack));
  // The writer is for demonstrations and pads what a stranger may have left out; what it wrote and
  // was taken is never of another verdict.
  if (!again.ok()) return 0;
  fuzz::Must(again->positive == ack->positive, "a verdict on a file stays as it is");
  fuzz::Must(again->lots.size() == ack->lots.size(), "no lot is lost");
  for (size_t i = 0; i < ack->lots.size(); ++i) {
    fuzz::Must(again->lots[i].positive == ack->lots[i].positive, "a verdict on a lot stays");
  }
  return 0;
}
