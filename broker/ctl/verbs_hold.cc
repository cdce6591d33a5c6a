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
  std::string reason;
};

void AddReason(CLI::App& verb, HoldFlags& flags) {
  verb.add_option("--reason", flags.reason, "For those who read it later; kept in the books")
      ->required();
}

}  // namespace

void AddHolds(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<HoldFlags>();
  auto* hold = app.add_subcommand("hold", "Adds a reason not to send");
  flags->scope.AddTo(*hold);
  AddReason(*hold, *flags);
  hold->callback([&session, flags] {
    const auto scope = flags->scope.Parse();
    if (!scope.ok()) return session.Fail(kUsage, std::string(scope.status().message()));
    session.Show<wire::HoldsResult>(wire::PlaceHold{*scope, flags->reason});
  });

  auto* release = app.add_subcommand("release", "Lifts one hold; others stay");
  release->add_option("HOLD", flags->hold, "Its number, from `holds`")
      ->required()
      ->check(NotANumber);
  AddReason(*release, *flags);
  release->callback([&session, flags] {
    const wire::LiftHold lift{HoldId{flags->hold}, flags->reason};
    if (!session.Request<wire::HoldsResult>(lift)) return;
    session.Tell(session.view("Lifted. What still holds:\n", "Levée. Ce qui retient encore :\n"));
    session.Show<wire::HoldsResult>(wire::Holds{});
  });
}

}  // namespace ecluse::ctl
