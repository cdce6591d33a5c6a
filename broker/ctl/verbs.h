// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
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
void AddLooking(CLI::App& app, Session& session);    // status, shape, list, holds, doubts
void AddOne(CLI::App& app, Session& session);        // show, explain
void AddForecast(CLI::App& app, Session& session);   // forecast
void AddGates(CLI::App& app, Session& session);      // close, announce, reopen, drain
void AddHolds(CLI::App& app, Session& session);      // hold, lift, stop
void AddIncidents(CLI::App& app, Session& session);  // incident, quarantine
void AddDoubts(CLI::App& app, Session& session);     // resolve, retry
void AddBulk(CLI::App& app, Session& session);       // release, confirm, export, reroute, …
void AddJobs(CLI::App& app, Session& session);       // job
void AddOffline(CLI::App& app, Session& session);    // verify, keygen, master-key
void AddCopies(CLI::App& app, Session& session);     // backup, restore
void AddHelp(CLI::App& app, Session& session);       // help

// "viamedis/billing".
absl::StatusOr<Destination> ParseDestination(const std::string& text);

// A filter, as written: in its own words (filter.h), and by the older flags.
struct FilterFlags {
  std::vector<std::string> words;
  std::string run_by;
  std::string service;
  std::string practice;
  std::vector<std::string> states;
  std::string older_than;

  void AddTo(CLI::App& verb);
  // By --filter TEXT instead of words after the verb.
  void AddAsOptionTo(CLI::App& verb);
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
  std::vector<std::string> words;
  std::string kind;
  std::string from;
  std::string until;
  std::string zone = "Europe/Paris";

  void AddTo(CLI::App& verb);
  absl::StatusOr<Scope> Parse(absl::Time now) const;
};

// An hour as written, in a zone by name.
absl::StatusOr<absl::Time> ParseHourIn(const std::string& text, const std::string& zone,
                                       absl::Time now);

// A destination as written; told where it is none.
std::optional<Destination> DestinationOr(Session& session, const std::string& text);

// --reason, obligatory.
void AddReason(CLI::App& verb, std::string& reason);

// Looks at a job until it is counted. nullopt: refused or no answer, and told.
std::optional<wire::JobsResult> AwaitPlan(Session& session, JobId job);
// Shows a job that runs until it stands still or is over.
void FollowJob(Session& session, JobId job);
// Writes what an export reserved into `directory` and tells the broker so; see bundle.h.
void WriteFiles(Session& session, JobId job, const std::string& directory);

// Shows the requests of a drain that was just said go, until they are through.
void Follow(Session& session, const wire::Drain& drain);

}  // namespace ecluse::ctl
