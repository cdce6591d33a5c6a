// SPDX-License-Identifier: Apache-2.0
#include "proto/content/codec.h"
#include "tests/fuzz/judge.h"

// Typed contents, as a practice deposits them.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ecluse;
  const std::string_view bytes = fuzz::View(data, size);
  const auto read = content::Decode(bytes);
  if (!read.ok()) {
    fuzz::MustNotTell(read.status());
    fuzz::Judge(Kind::kAuthorisation, content::kTyped, bytes);
    return 0;
  }
  fuzz::Judge(content::KindOf(*read), content::kTyped, bytes);
  fuzz::MustReturn(
      *read, [](const auto& each) { return content::Encode(each); },
      [](const std::string& each) { return content::Decode(each); });
  return 0;
}
