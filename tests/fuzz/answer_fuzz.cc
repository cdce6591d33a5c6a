// SPDX-License-Identifier: Apache-2.0
#include "proto/content/codec.h"
#include "tests/fuzz/check.h"

// Typed answers, as an adapter reports them and a practice reads them.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const auto read = content::DecodeAnswer(fuzz::View(bytes, size));
  if (!read.ok()) return fuzz::MustNotTell(read.status()), 0;
  fuzz::MustReturn(
      *read, [](const auto& each) { return content::EncodeAnswer(each); },
      [](const std::string& each) { return content::DecodeAnswer(each); });
  return 0;
}
