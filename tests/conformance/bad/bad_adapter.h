// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "adapters/protocols/driver.h"
#include "tests/conformance/bad/spool.h"

namespace ecluse::conformance {

struct BadOptions {
  LinkOptions link;
  Destination destination;
  std::string accounts;  // file of "PRACTICE LOGIN SECRET"; the last line of a practice counts
  std::string folder;    // of its own
  std::string sin;       // see sinner.h
};

// An adapter on the bare link, without the library's worker: one request after the other. Without
// a sin it is slow and keeps every promise.
class BadAdapter {
 public:
  BadAdapter(BadOptions options, std::unique_ptr<Link> link, std::unique_ptr<Driver> driver);

  // Until `stop`. An error: the broker refused what it should not.
  absl::Status Run(const std::atomic<bool>& stop);

 private:
  template <class Reply>
  std::optional<Reply> Ask(wire::CallBody body);
  bool Is(const char* sin) const { return options_.sin == sin; }
  std::optional<Credential> CredentialOf(const PracticeId& practice) const;
  void TellAccounts();
  void RunDry(const wire::Task& task);
  void Carry(const wire::Task& task, StoreEpoch epoch);

  const BadOptions options_;
  const WorkerId worker_;
  const std::unique_ptr<Link> link_;
  const std::unique_ptr<Driver> driver_;
  const Spool spool_;
  StoreEpoch epoch_ = 0;  // the greatest heard
};

}  // namespace ecluse::conformance
