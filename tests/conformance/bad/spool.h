// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/envelope.h"

namespace ecluse::conformance {

// What the bad adapter remembers of its own accord: requests that it began and has not reported.
// An adapter that sends these again when it starts has made a second broker of itself.
class Spool {
 public:
  explicit Spool(std::string folder) : folder_(std::move(folder)) {}
  void Keep(const Envelope& envelope, std::string_view content) const;
  void Forget(RequestId id) const;
  std::vector<std::pair<Envelope, std::string>> All() const;

 private:
  std::string PathOf(RequestId id) const;
  const std::string folder_;
};

}  // namespace ecluse::conformance
