// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "proto/wire.h"

namespace ecluse::programs {

// The verbs of ops staff that a play needs, each waited for.
class Ops {
 public:
  static absl::StatusOr<Ops> Connect(LinkOptions options);

  absl::Status Close(const Destination& destination, const std::string& reason,
                     std::optional<absl::Time> announced);
  // Writes down the hour that an operator told, or puts it off.
  absl::Status Announce(const Destination& destination, absl::Time at, const std::string& source);
  // From now on every account there waits for a password set after `since`.
  absl::Status DeclareIncident(const OperatorId& at, absl::Time since, const std::string& reason);
  absl::StatusOr<wire::StatusReport> Status();
  absl::StatusOr<std::vector<wire::ListRow>> ListAll(Filter filter = {});
  absl::StatusOr<wire::ShowResult> Show(RequestId request);
  absl::StatusOr<std::vector<Hold>> Holds();
  // Of a request that waits for a person.
  absl::Status Retry(RequestId request, const std::string& note);

 private:
  explicit Ops(std::unique_ptr<Link> link) : link_(std::move(link)) {}
  template <class Result>
  absl::StatusOr<Result> Ask(wire::CallBody body);

  std::unique_ptr<Link> link_;
};

}  // namespace ecluse::programs
