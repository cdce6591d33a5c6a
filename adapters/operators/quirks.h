// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "proto/content/content.h"
#include "proto/envelope.h"
#include "proto/outcome.h"
#include "proto/profile/profile.h"

namespace ecluse {

// What an operator does in its own way and no data can say. Most operators need none of it; those
// that do have a file quirks.cc in their folder. Called from several threads.
class Quirks {
 public:
  virtual ~Quirks() = default;

  // Before anything is sent: an outcome ends the try (too early, not at this operator), nullopt
  // goes on. `content`: nullptr where it is native.
  virtual std::optional<Outcome> Before(const profile::Service& service, const Envelope& envelope,
                                        const content::Content* content, absl::Time now) {
    (void)service, (void)envelope, (void)content, (void)now;
    return std::nullopt;
  }
  // After the driver has read what the operator said, before it is reported.
  virtual std::optional<Outcome> After(const profile::Service& service, const Envelope& envelope,
                                       std::optional<Outcome> outcome, absl::Time now) {
    (void)service, (void)envelope, (void)now;
    return outcome;
  }
};

// The quirks of that name, or those of no operator. nullptr: there is no such name.
std::unique_ptr<Quirks> MakeQuirks(const std::string& name);

}  // namespace ecluse
