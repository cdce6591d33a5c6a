// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"

namespace ecluse::ctl {
namespace {

constexpr const char* kExits =
    "Exit codes: 0 done; 1 refused, or a check found something; 2 the command, a setting or a\n"
    "file of ours is wrong, nothing was asked; 3 no answer, saying it again is safe.\n"
    "A profile is a file of lines like broker = \"tcp://127.0.0.1:5570\", with the names of the\n"
    "options above. Flags win over the environment, the environment over the profile.";

struct Globals {
  std::string lang;
  double patience = 15;
};

void AddGlobals(CLI::App& app, Session& session, Globals& globals) {
  Settings& s = session.settings;
  app.add_option("--broker", s.broker, "Where it is: tcp://HOST:PORT")->envname("ECLUSE_BROKER");
  app.add_option("--server-key", s.server_key, "The broker's public key, or a file with it")
      ->envname("ECLUSE_SERVER_KEY");
  app.add_option("--key", s.key, "Our key file, from `eclusectl keygen`")->envname("ECLUSE_KEY");
  app.add_option("--patience", globals.patience, "Seconds to wait for an answer")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  app.add_option("--lang", globals.lang, "fr or en; else as LANG says")
      ->check(CLI::IsMember({"fr", "en"}));
  app.add_flag("--json", session.json, "One JSON object per line, for programs");
  app.set_config("--profile", "", "A file with these settings")->envname("ECLUSE_PROFILE");
  app.allow_config_extras(false);
}

}  // namespace

int Run(const std::vector<std::string>& arguments, World& world) {
  Session session(world);
  Globals globals;
  CLI::App app("eclusectl: what the people who run Écluse say to it", "eclusectl");
  app.footer(kExits);
  app.require_subcommand(1);
  app.fallthrough();
  AddGlobals(app, session, globals);
  // Verbs run when the whole line was understood, so the settings are theirs by then.
  app.parse_complete_callback([&] {
    session.settings.patience = absl::Seconds(globals.patience);
    session.view.french = globals.lang.empty() ? world.french : globals.lang == "fr";
    session.view.zone = absl::LocalTimeZone();
    session.view.now = world.now();
  });
  for (const auto add : {AddLooking, AddOne, AddForecast, AddGates, AddHolds, AddIncidents,
                         AddDoubts, AddBulk, AddJobs, AddOffline, AddCopies, AddHelp}) {
    add(app, session);
  }
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(reversed);
  } catch (const CLI::Success& wanted) {
    app.exit(wanted, world.out, world.err);
    return kDone;
  } catch (const CLI::Error& error) {
    app.exit(error, world.out, world.err);
    return kUsage;
  }
  return session.exit;
}

}  // namespace ecluse::ctl
