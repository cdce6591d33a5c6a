// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"
#include "broker/ctl/when.h"

namespace ecluse::ctl {
namespace {

struct GateFlags {
  std::string destination;
  std::string reason;
  std::string announced;
  std::string zone = "Europe/Paris";
  uint32_t first = 0;
  bool at_once = false;
  bool yes = false;
  bool dry_run = false;
  bool follow = false;
  bool withdrawn = false;
  std::string source;
};

void AddCommon(CLI::App& verb, GateFlags& flags) {
  verb.add_option("DESTINATION", flags.destination, "OPERATOR/SERVICE")->required();
  verb.add_option("--reason", flags.reason, "For those who read it later; kept in the books")
      ->required();
}

void RunClose(Session& session, const GateFlags& flags) {
  const auto destination = DestinationOr(session, flags.destination);
  if (!destination) return;
  wire::Close close{*destination, flags.reason, std::nullopt};
  if (!flags.announced.empty()) {
    const auto hour = ParseHourIn(flags.announced, flags.zone, session.view.now);
    if (!hour.ok()) {
      return session.Fail(kUsage, "--announced: " + std::string(hour.status().message()));
    }
    close.announced = *hour;
  }
  session.Show<wire::GateResult>(close);
}

void RunAnnounce(Session& session, const GateFlags& flags) {
  const auto destination = DestinationOr(session, flags.destination);
  if (!destination) return;
  if (flags.announced.empty() != flags.withdrawn) {
    return session.Fail(
        kUsage, session.view("say --at HOUR, or --withdrawn", "dites --at HEURE, ou --withdrawn"));
  }
  wire::Announce announce{*destination, std::nullopt, flags.source, flags.reason};
  if (!flags.withdrawn) {
    const auto hour = ParseHourIn(flags.announced, flags.zone, session.view.now);
    if (!hour.ok()) return session.Fail(kUsage, "--at: " + std::string(hour.status().message()));
    announce.at = *hour;
  }
  session.Show<wire::GateResult>(announce);
}

// What a reopening lets go is shown before it is said, and all at once needs a yes: a portal that
// answers is not a service that is open.
void RunReopen(Session& session, const GateFlags& flags) {
  const auto destination = DestinationOr(session, flags.destination);
  if (!destination) return;
  const wire::Reopen reopen{*destination, flags.reason, flags.at_once};
  const auto report = session.Request<wire::StatusReport>(wire::Status{});
  if (!report) return;
  session.Tell(ReopenPlanText(*report, reopen, session.view));
  if (flags.dry_run) return;
  if (flags.at_once && !flags.yes) {
    return session.Fail(kUsage, session.view("nothing done: --at-once needs --yes",
                                             "rien n'est fait : --at-once demande --yes"));
  }
  session.Show<wire::GateResult>(reopen);
}

void RunDrain(Session& session, const GateFlags& flags) {
  const auto destination = DestinationOr(session, flags.destination);
  if (!destination) return;
  const wire::Drain drain{*destination, flags.first, flags.reason};
  if (flags.follow) return Follow(session, drain);
  session.Show<wire::GateResult>(drain);
}

}  // namespace

void AddGates(CLI::App& app, Session& session) {
  const auto add = [&](const char* name, const char* what, auto run) {
    auto* verb = app.add_subcommand(name, what);
    const auto flags = std::make_shared<GateFlags>();
    AddCommon(*verb, *flags);
    verb->callback([&session, flags, run] { run(session, *flags); });
    return std::pair(verb, flags);
  };

  const auto [close, closing] = add("close", "Stops sending to a destination", RunClose);
  close->add_option("--announced", closing->announced,
                    "Hour told by the operator: \"2024-02-12 13:00\", \"20:00\" (the next one), "
                    "or ISO 8601 with a zone. At that hour one request goes first");
  close->add_option("--zone", closing->zone, "Zone of an hour without one")->capture_default_str();

  const auto [announce, announcing] =
      add("announce", "Writes down, puts off or withdraws the hour told for a closed destination",
          RunAnnounce);
  announce->add_option("--at", announcing->announced,
                       "The hour, as for `close --announced`. From it on, one request goes first");
  announce->add_flag("--withdrawn", announcing->withdrawn, "No hour is known any more");
  announce->add_option("--source", announcing->source, "Who told it, and how")->required();
  announce->add_option("--zone", announcing->zone, "Zone of an hour without one")
      ->capture_default_str();

  const auto [reopen, opening] =
      add("reopen", "Sends to a destination again: one request first, then the rest", RunReopen);
  reopen->add_flag("--at-once", opening->at_once, "Without one that goes first; needs --yes");
  reopen->add_flag("--yes", opening->yes, "The plan was read");
  reopen->add_flag("--dry-run", opening->dry_run, "Only show what would go");

  const auto [drain, draining] =
      add("drain", "Lets the first N requests pass a closed gate", RunDrain);
  drain->add_option("--first", draining->first, "How many")
      ->required()
      ->check(CLI::Range(1U, 1'000'000'000U));
  drain->add_flag("--follow", draining->follow,
                  "Show them go until they are through; ending the program stops only the showing");
}

}  // namespace ecluse::ctl
