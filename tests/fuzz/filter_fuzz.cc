// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "broker/ctl/filter.h"
#include "tests/fuzz/check.h"

// Whatever a person types is refused, or read; what was read is printed so that it is read again as
// the same filter.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const auto filter = ctl::ParseFilter({std::string(fuzz::View(bytes, size))});
  if (!filter.ok()) {
    fuzz::Must(!filter.status().message().empty(), "a refusal says why");
    return 0;
  }
  fuzz::MustReturn(*filter, ctl::FilterText,
                   [](const std::string& text) { return ctl::ParseFilter({text}); });
  (void)ctl::ScopeOf(*filter, absl::FromUnixSeconds(1'707'357'600));
  return 0;
}
