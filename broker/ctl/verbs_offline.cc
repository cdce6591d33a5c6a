// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "broker/ctl/check_text.h"
#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"
#include "broker/net/keys.h"
#include "store/master_key.h"
#include "store/verify.h"

namespace ecluse::ctl {
namespace {

void RunKeygen(Session& session, const std::string& file) {
  const auto pair = MakeKeyPair();
  absl::Status status = pair.status();
  if (status.ok()) status = WriteKeyPair(file, *pair);
  if (!status.ok()) return session.Fail(kUsage, std::string(status.message()));
  session.world.out << pair->public_key << "\n";
}

// What was found comes as it is found: a large store takes its time.
void RunVerify(Session& session, const store::RocksOptions& options) {
  const auto checked = store::VerifyStore(options, [&session](const store::Finding& finding) {
    session.world.out << (session.json ? Json(finding) : Text(finding)) << std::flush;
  });
  if (!checked.ok()) return session.Fail(kUsage, std::string(checked.status().message()));
  session.world.out << (session.json ? Json(*checked) : Text(*checked, session.view));
  if (checked->findings > 0) session.exit = kRefused;
}

void RunMasterKey(Session& session, const std::string& file) {
  const absl::Status status = store::CreateMasterKey(file);
  if (!status.ok()) return session.Fail(kUsage, std::string(status.message()));
  session.Tell(session.view(
      "Made. Keep a copy of it away from this machine and from the store's backups: without it\n"
      "every content in the store is lost for ever.\n",
      "Faite. Gardez-en une copie loin de cette machine et des sauvegardes du magasin : sans elle\n"
      "tous les contenus du magasin sont perdus pour toujours.\n"));
}

}  // namespace

void AddOffline(CLI::App& app, Session& session) {
  const auto options = std::make_shared<store::RocksOptions>();
  options->create_if_missing = false;
  auto* verify = app.add_subcommand(
      "verify", "Checks every record and reference of a store that no broker has open");
  verify->add_option("DIRECTORY", options->directory, "The store")->required();
  verify->add_option("--master-key", options->master_key_file, "The key that seals it")->required();
  verify->callback([&session, options] { RunVerify(session, *options); });

  const auto file = std::make_shared<std::string>();
  auto* keygen = app.add_subcommand("keygen", "Makes a CURVE key pair and prints its public half");
  keygen->add_option("FILE", *file, "Written with mode 0600, and FILE.pub")->required();
  keygen->callback([&session, file] { RunKeygen(session, *file); });

  auto* master = app.add_subcommand("master-key", "Makes the key that seals a store");
  master->add_option("FILE", *file, "Written with mode 0600; must not exist")->required();
  master->callback([&session, file] { RunMasterKey(session, *file); });
}

}  // namespace ecluse::ctl
