// SPDX-License-Identifier: Apache-2.0
// An operator whose accounts were stolen, and a practice whose account was: both are holds of a
// special rule.
#include <CLI/CLI.hpp>
#include <memory>

#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"

namespace ecluse::ctl {
namespace {

struct IncidentFlags {
  std::string name;
  std::string since;
  std::string zone = "Europe/Paris";
  std::string reason;
};

// The one whose name it is, checked.
std::optional<Scope> ScopeFor(Session& session, HoldRule rule, const std::string& name) {
  if (!IsName(name)) {
    session.Fail(kUsage, "\"" + name + "\" is no name: 1 to 32 of a-z, 0-9 and - make one");
    return std::nullopt;
  }
  Scope scope;
  if (rule == HoldRule::kIncident) {
    scope.run_by = OperatorId{name};
  } else {
    scope.practice = PracticeId{name};
  }
  return scope;
}

void Place(Session& session, HoldRule rule, const IncidentFlags& flags) {
  const auto scope = ScopeFor(session, rule, flags.name);
  if (!scope) return;
  wire::PlaceHold place{*scope, flags.reason};
  place.rule = rule;
  if (!flags.since.empty()) {
    const auto hour = ParseHourIn(flags.since, flags.zone, session.view.now);
    if (!hour.ok()) return session.Fail(kUsage, "--since: " + std::string(hour.status().message()));
    place.since = *hour;
  }
  session.Show<wire::HoldsResult>(place);
}

// Those of the rule on that name, of whoever placed them.
std::optional<wire::HoldsResult> Find(Session& session, HoldRule rule, const std::string& name) {
  const auto scope = ScopeFor(session, rule, name);
  if (!scope) return std::nullopt;
  auto all = session.Request<wire::HoldsResult>(wire::Holds{});
  if (!all) return std::nullopt;
  std::erase_if(all->holds, [&](const Hold& h) { return h.rule != rule || !(h.scope == *scope); });
  return all;
}

void Lift(Session& session, HoldRule rule, const IncidentFlags& flags) {
  const auto found = Find(session, rule, flags.name);
  if (!found) return;
  if (found->holds.empty()) {
    return session.Fail(kRefused, session.view("there is none", "il n'y en a pas"));
  }
  for (const Hold& hold : found->holds) {
    session.Show<wire::HoldsResult>(wire::LiftHold{hold.id, flags.reason});
    if (session.exit != kDone) return;
  }
}

// The hold, then the head of what it froze.
void ShowQuarantine(Session& session, const IncidentFlags& flags) {
  const auto found = Find(session, HoldRule::kQuarantine, flags.name);
  if (!found) return;
  session.Print(*found);
  wire::List list;
  list.filter.practice = PracticeId{flags.name};
  list.filter.states = {StateCode::kWaiting};
  list.filter.waits = {Wait::kQuarantine};
  session.Show<wire::ListResult>(list);
}

}  // namespace

void AddIncidents(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<IncidentFlags>();
  const auto add = [&](CLI::App* group, const char* verb, const char* what, const char* name,
                       auto run) {
    auto* sub = group->add_subcommand(verb, what);
    sub->add_option(name, flags->name, "Its name")->required();
    sub->callback([&session, flags, run] { run(session, *flags); });
    return sub;
  };
  auto* incident = app.add_subcommand("incident", "An operator whose passwords must be changed");
  incident->require_subcommand(1);
  auto* declare =
      add(incident, "declare", "Each account waits until its password was set after the incident",
          "OPERATOR", [](Session& s, const IncidentFlags& f) { Place(s, HoldRule::kIncident, f); });
  AddReason(*declare, flags->reason);
  declare->add_option("--since", flags->since,
                      "Passwords set before this hour are not used; else before now");
  declare->add_option("--zone", flags->zone, "Zone of an hour without one")->capture_default_str();
  auto* end = add(incident, "lift", "Old passwords may be used again", "OPERATOR",
                  [](Session& s, const IncidentFlags& f) { Lift(s, HoldRule::kIncident, f); });
  AddReason(*end, flags->reason);

  auto* quarantine = app.add_subcommand("quarantine", "A practice whose account was stolen");
  quarantine->require_subcommand(1);
  auto* place = add(
      quarantine, "place", "Freezes what it deposited; two people release or destroy it in slices",
      "PRACTICE", [](Session& s, const IncidentFlags& f) { Place(s, HoldRule::kQuarantine, f); });
  AddReason(*place, flags->reason);
  add(quarantine, "show", "The hold, and the first of what it froze", "PRACTICE", ShowQuarantine);
  auto* over =
      add(quarantine, "lift", "New deposits go again; what was frozen stays so", "PRACTICE",
          [](Session& s, const IncidentFlags& f) { Lift(s, HoldRule::kQuarantine, f); });
  AddReason(*over, flags->reason);
}

}  // namespace ecluse::ctl
