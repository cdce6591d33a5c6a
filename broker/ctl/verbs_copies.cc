// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "broker/ctl/filter.h"
#include "broker/ctl/json_parts.h"
#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"
#include "store/restore.h"

namespace ecluse::ctl {
namespace {

struct CopyFlags {
  std::string name;
  std::string reason;
  std::string from;
  std::string to;
  std::string key;
};

void RunRestore(Session& session, const CopyFlags& flags) {
  const absl::Status status = store::RestoreStore(flags.from, flags.to, flags.key);
  if (!status.ok()) return session.Fail(kRefused, std::string(status.message()));
  if (session.json) {
    JsonObject object = JsonStart("restored");
    object["directory"] = flags.to;
    session.world.out << JsonLine(object);
    return;
  }
  session.Tell(session.view(
      "Restored. The broker that opens it starts HELD: what was in flight is asked about first.\n"
      "Never start the old store again. Then: eclusectl status, holds, doubts, lift.\n",
      "Restauré. Le courtier qui l'ouvre démarre RETENU : ce qui était en vol est d'abord "
      "vérifié.\n"
      "Ne redémarrez jamais l'ancien magasin. Ensuite : eclusectl status, holds, doubts, lift.\n"));
}

}  // namespace

void AddCopies(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<CopyFlags>();
  auto* backup = app.add_subcommand("backup", "A live copy of the store, on the broker's machine");
  backup->add_option("NAME", flags->name, "Of the new folder: a-z, 0-9 and -")->required();
  AddReason(*backup, flags->reason);
  backup->callback([&session, flags] {
    if (!IsName(flags->name)) {
      return session.Fail(kUsage, "NAME is 1 to 32 of a-z, 0-9 and -");
    }
    session.Show<wire::BackupResult>(wire::Backup{flags->name, flags->reason});
  });

  auto* restore = app.add_subcommand(
      "restore", "Makes a store of a backup, on this machine; the old store must never run again");
  restore->add_option("--from", flags->from, "The backup's folder")->required();
  restore->add_option("--to", flags->to, "The new store's folder; new or empty")->required();
  restore->add_option("--key", flags->key, "The master key that seals it")->required();
  restore->callback([&session, flags] { RunRestore(session, *flags); });
}

void AddHelp(CLI::App& app, Session& session) {
  auto* help = app.add_subcommand("help", "This list; `help VERB`; or `help filter`");
  const auto topic = std::make_shared<std::string>();
  help->add_option("TOPIC", *topic, "A verb, or filter");
  help->callback([&app, &session, topic] {
    const CLI::App* about = topic->empty() ? &app : nullptr;
    for (const CLI::App* verb : std::as_const(app).get_subcommands({})) {
      if (verb->get_name() == *topic) about = verb;
    }
    if (*topic == "filter") {
      session.world.out << FilterHelp(session.view.french);
    } else if (about != nullptr) {
      session.world.out << about->help();
    } else {
      session.Fail(kUsage, "help: there is no verb " + *topic);
    }
  });
}

}  // namespace ecluse::ctl
