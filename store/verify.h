// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <string>

#include "store/rocks_store.h"

namespace ecluse::store {

// Something that does not fit. No personal data: `where` is a receipt number, a name of the
// configuration or a position.
struct Finding {
  std::string what;
  std::string where;
  bool operator==(const Finding&) const = default;
};

struct Checked {
  uint64_t requests = 0;
  uint64_t entries = 0;  // of journals
  uint64_t answers = 0;
  uint64_t index_keys = 0;
  uint64_t business_keys = 0;
  uint64_t findings = 0;
  uint32_t format = 0;   // an older one becomes today's when a broker opens the store
  StoreEpoch epoch = 0;  // which life of the store this is
  // A broker that opens it will start held: it was restored, or is a copy, and none has noted it.
  bool fenced = false;
};

// Looks at every record of a store that no broker has open, and at every reference between them;
// opens every seal. Changes nothing. Memory does not grow with the number of requests, time does.
//
// A status says that the store could not be looked at as a whole; a finding goes to `sink`, in no
// promised order.
absl::StatusOr<Checked> VerifyStore(const RocksOptions& options,
                                    const std::function<void(const Finding&)>& sink);

}  // namespace ecluse::store
