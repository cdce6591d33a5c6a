// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/noemie.h"
#include "tests/fuzz/check.h"

// Payment returns: refused or read. What was read can be shown (UTF-8, no control characters), and
// every invoice has a number that the books can be asked for.
namespace {

void MustBeText(const std::string& text) {
  for (const char c : text) {
    ecluse::fuzz::Must(static_cast<unsigned char>(c) >= 0x20, "a text has no control characters");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const auto read = mail::ReadNoemie(fuzz::View(bytes, size));
  if (!read.ok()) return fuzz::MustNotTell(read.status()), 0;
  fuzz::Must(read->invoices.size() <= size / 2, "no more invoices than bytes can say");
  for (const mail::PaidInvoice& invoice : read->invoices) {
    MustBeText(invoice.transfer);
    for (const auto& reason : invoice.reasons) {
      MustBeText(reason.code);
      MustBeText(reason.text);
    }
  }
  return 0;
}
