// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <string>

#include "broker/ctl/filter.h"

// Whatever a person types is refused, or read; what was read is printed so that it is read again as
// the same filter.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const auto filter = ctl::ParseFilter({std::string(reinterpret_cast<const char*>(bytes), size)});
  if (!filter.ok()) return 0;
  const auto again = ctl::ParseFilter({ctl::FilterText(*filter)});
  if (!again.ok() || !(*again == *filter)) std::abort();
  (void)ctl::ScopeOf(*filter, absl::FromUnixSeconds(1'707'357'600));
  return 0;
}
