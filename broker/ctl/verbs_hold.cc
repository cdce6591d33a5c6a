// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"

namespace ecluse::ctl {
namespace {

struct HoldFlags {
  ScopeFlags scope;
  uint64_t hold = 0;
  std::string until;
  std::string reason;
};

void RunHold(Session& session, const HoldFlags& flags) {
  const auto scope = flags.scope.Parse(session.view.now);
  if (!scope.ok()) return session.Fail(kUsage, std::string(scope.status().message()));
  wire::PlaceHold place{*scope, flags.reason};
  if (!flags.until.empty()) {
    const auto hour = ParseHourIn(flags.until, flags.scope.zone, session.view.now);
    if (!hour.ok()) return session.Fail(kUsage, "--until: " + std::string(hour.status().message()));
    place.until = *hour;
  }
  session.Show<wire::HoldsResult>(place);
}

}  // namespace

void AddHolds(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<HoldFlags>();
  auto* hold = app.add_subcommand("hold", "Adds a reason not to send");
  flags->scope.AddTo(*hold);
  hold->add_option("--until", flags->until, "The clock lifts it at this hour; else a person");
  AddReason(*hold, flags->reason);
  hold->callback([&session, flags] { RunHold(session, *flags); });

  auto* stop = app.add_subcommand("stop", "The master stop: nothing more is sent anywhere");
  AddReason(*stop, flags->reason);
  stop->callback([&session, flags] {
    session.Show<wire::HoldsResult>(wire::PlaceHold{Scope{}, flags->reason});
  });

  auto* lift = app.add_subcommand("lift", "Lifts one hold; others stay");
  lift->add_option("HOLD", flags->hold, "Its number, from `holds`")->required()->check(NotANumber);
  AddReason(*lift, flags->reason);
  lift->callback([&session, flags] {
    const wire::LiftHold call{HoldId{flags->hold}, flags->reason};
    if (!session.Request<wire::HoldsResult>(call)) return;
    session.Tell(session.view("Lifted. What still holds:\n", "Levée. Ce qui retient encore :\n"));
    session.Show<wire::HoldsResult>(wire::Holds{});
  });
}

}  // namespace ecluse::ctl
