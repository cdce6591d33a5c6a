// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "proto/hold.h"
#include "proto/wire.h"

namespace CLI {
class App;
}

namespace ecluse::ctl {

class Session;

// Each adds its group of verbs to the command line; a verb that is said runs with `session`, which
// must outlive the parsing.
void AddLooking(CLI::App& app, Session& session);  // status, shape, list, show, holds
void AddGates(CLI::App& app, Session& session);    // close, reopen, drain
void AddHolds(CLI::App& app, Session& session);    // hold, release
void AddDoubts(CLI::App& app, Session& session);   // resolve, retry
void AddOffline(CLI::App& app, Session& session);  // verify, keygen, master-key

// "viamedis/billing".
absl::StatusOr<Destination> ParseDestination(const std::string& text);

// The flags of a filter, as written.
struct FilterFlags {
  std::string run_by;
  std::string service;
  std::string practice;
  std::vector<std::string> states;
  std::string older_than;

  void AddTo(CLI::App& verb);
  bool empty() const;
  absl::StatusOr<wire::Filter> Parse() const;
};

// What is wrong with the number of a request or a hold, as CLI11 wants it; empty: nothing.
std::string NotANumber(const std::string& text);

// The flags of a scope, exactly one of which is said.
struct ScopeFlags {
  bool all = false;
  std::string run_by;
  std::string destination;
  std::string account;  // practice@operator
  std::string practice;
  uint64_t request = 0;

  void AddTo(CLI::App& verb);
  absl::StatusOr<Scope> Parse() const;
};

// Shows the requests of a drain that was just said go, until they are through.
void Follow(Session& session, const wire::Drain& drain);

}  // namespace ecluse::ctl
