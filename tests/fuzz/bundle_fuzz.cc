// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "broker/ctl/bundle.h"
#include "tests/fuzz/check.h"

// The index of an export that was cut off: read as it is, or refused; never read halfway. What is
// appended to a good index is the last that is believed.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  std::string lines(fuzz::View(bytes, size));
  const auto index = ctl::ParseIndex(lines, "f");
  if (!index.ok()) return fuzz::MustNotTell(index.status()), 0;
  if (!lines.empty() && lines.back() != '\n') lines += '\n';
  const auto longer = ctl::ParseIndex(lines + R"({"number":7,"sha256":"00"})" + "\n", "f");
  fuzz::Must(longer.ok() && longer->at(RequestId{7}) == "00", "an index goes on where it ended");
  return 0;
}
