// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <memory>
#include <string>

#include "tests/support/operator/witness.h"

namespace ecluse {

// The simulated operator's ledger file: only ever appended to, one synced line per acceptance.
class Ledger {
 public:
  // Goes on with the file at `path`, or begins it. A torn last line, which was never promised to
  // anybody, is cut off.
  static absl::StatusOr<std::unique_ptr<Ledger>> Open(const std::string& path);
  ~Ledger();

  // On return the acceptance is on disk. After an error it may or may not be.
  absl::Status Append(const Acceptance& acceptance);

  // What was there when it was opened.
  const Witness& before() const { return before_; }

 private:
  Ledger(int fd, Witness before) : fd_(fd), before_(std::move(before)) {}
  const int fd_;
  const Witness before_;
};

}  // namespace ecluse
