// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/world.h"

#include <absl/time/clock.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>

#include "tests/support/operator/certificates.h"
#include "tests/support/operator/control.h"
#include "tests/support/patients/authorisation.h"
#include "tests/support/story/files.h"
#include "tests/support/story/hints.h"

namespace ecluse::story {
namespace {

// What the operator does wrong, in a hundred submissions.
constexpr char kFaults[] =
    "error=4,busy=2,drop-before=3,drop-after=6,late=10,slow=15,garbage=2,late-ms=2000,slow-ms=600";

constexpr char kBrokerProgram[] = "broker/runtime/eclused";
constexpr char kCtlProgram[] = "broker/ctl/eclusectl";
constexpr char kAdapterProgram[] = "adapters/protocols/https/ecluse-adapter-https";
constexpr char kOperatorProgram[] = "tests/support/operator/ecluse-operator";

}  // namespace

absl::StatusOr<std::unique_ptr<World>> World::Make(WorldOptions options) {
  std::unique_ptr<World> world(new World(std::move(options)));
  std::string folder = (std::filesystem::temp_directory_path() / "ecluse-story-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return absl::ErrnoToStatus(errno, folder);
  world->folder_ = folder;
  for (const char* program : {kBrokerProgram, kAdapterProgram, kOperatorProgram}) {
    if (!std::filesystem::exists(world->Program(program))) {
      return absl::NotFoundError(world->Program(program) + " is not built");
    }
  }
  const std::vector<int> ports = FreePorts(3);
  if (ports.size() != 3) return absl::UnavailableError("no free ports on loopback");
  world->broker_port_ = ports[0];
  world->operator_port_ = ports[1];
  world->control_port_ = ports[2];
  absl::Status status = world->MakeKeys();
  status.Update(MakeCertificates(world->folder_));
  status.Update(world->WriteFiles());
  if (!status.ok()) return status;
  world->MakeProcesses();
  return world;
}

World::~World() {
  if (options_.stays && broker_ != nullptr && broker_->Alive()) return;
  for (Process* process : {adapter_.get(), broker_.get(), operator_.get()}) {
    if (process != nullptr) process->Stop(absl::Seconds(5));
  }
  std::error_code ignored;
  if (!keep_) std::filesystem::remove_all(folder_, ignored);
}

absl::Status World::MakeKeys() {
  practice_keys_.resize(options_.practices.size());
  std::vector<KeyPair*> all = {&broker_key_, &adapter_key_, &ops_};
  for (KeyPair& pair : practice_keys_) all.push_back(&pair);
  for (KeyPair* pair : all) {
    absl::StatusOr<KeyPair> made = MakeKeyPair();
    if (!made.ok()) return made.status();
    *pair = *std::move(made);
  }
  return absl::OkStatus();
}

absl::Status World::WriteFiles() {
  absl::Status status = WriteKeyPair(Path("broker.key"), broker_key_);
  status.Update(WriteKeyPair(Path("adapter.key"), adapter_key_));
  status.Update(WriteKeyPair(Path("ops.key"), ops_));
  for (size_t i = 0; i < practice_keys_.size(); ++i) {
    status.Update(WriteKeyPair(Path(options_.practices[i].id.text + ".key"), practice_keys_[i]));
  }
  status.Update(WriteFile(Path("master.key"), NewMasterKey()));
  status.Update(WriteFile(Path("peers.toml"),
                          PeersFile(options_.practices, practice_keys_, adapter_key_, ops_)));
  status.Update(WriteFile(Path("eclusectl.toml"), CtlProfile(broker_port_, folder_)));
  status.Update(WriteFile(Path("eclused.toml"), BrokerConfig(broker_port_)));
  status.Update(WriteFile(Path("adapter.toml"), AdapterConfig(broker_port_, operator_port_)));
  return status;
}

void World::MakeProcesses() {
  const auto make = [&](const std::string& name, const char* program,
                        std::vector<std::string> arguments) {
    return std::make_unique<Process>(Process::Command{.name = name,
                                                      .program = Program(program),
                                                      .arguments = std::move(arguments),
                                                      .log = Path(name + ".log"),
                                                      .stays = options_.stays});
  };
  operator_ =
      make("operator", kOperatorProgram,
           {"--port", std::to_string(operator_port_), "--control-port",
            std::to_string(control_port_), "--ca", Path("ca.pem"), "--cert", Path("server.pem"),
            "--key", Path("server.key"), "--ledger", LedgerPath(), "--seed",
            std::to_string(options_.seed), "--faults", kFaults, "--closed", "refuse"});
  broker_ = make("broker", kBrokerProgram, {"--config", Path("eclused.toml")});
  adapter_ = make("adapter", kAdapterProgram, {"--config", Path("adapter.toml")});
}

absl::Status World::Start() {
  for (Process* process : {operator_.get(), broker_.get(), adapter_.get()}) {
    const absl::Status status = process->Start();
    if (!status.ok()) return status;
  }
  return WriteStopScript();
}

absl::Status World::OpenPortal() {
  const absl::StatusOr<std::string> said = Tell(control_port_, "open");
  if (!said.ok()) return said.status();
  return said->starts_with("ok") ? absl::OkStatus() : absl::InternalError(*said);
}

absl::Status World::KillAndRestart(Process& process) {
  process.Kill();
  absl::Status status = process.Start();
  status.Update(WriteStopScript());
  return status;
}

std::string World::Casualties() {
  std::string report;
  for (Process* process : {operator_.get(), broker_.get(), adapter_.get()}) {
    if (process->Alive()) continue;
    report += fmt::format("the {} ended by itself; its last words:\n{}", process->name(),
                          process->LogTail());
  }
  return report;
}

LinkOptions World::LinkFor(const KeyPair& pair) const {
  LinkOptions options;
  options.endpoint = fmt::format("tcp://127.0.0.1:{}", broker_port_);
  options.broker_key = broker_key_.public_key;
  options.public_key = pair.public_key;
  options.secret_key = pair.secret_key;
  options.patience = absl::Milliseconds(500);
  options.patience_most = absl::Seconds(2);
  return options;
}

absl::Status World::WriteStopScript() {
  std::string script = "#!/bin/sh\n# Ends the programs of this story and removes its folder.\nkill";
  for (Process* process : {adapter_.get(), broker_.get(), operator_.get()}) {
    script += fmt::format(" {}", process->pid());
  }
  script += fmt::format("\nsleep 1\nrm -rf '{}'\n", folder_);
  return WriteFile(Path("stop"), script);
}

absl::StatusOr<std::string> World::Hints() {
  patients::Dice dice(options_.seed + 1);
  const absl::CivilDay today = absl::ToCivilDay(absl::Now(), absl::LocalTimeZone());
  const absl::Status status = WriteFile(
      Path("sample.content"), patients::MakeAuthorisation(dice, options_.practices.front(), today));
  if (!status.ok()) return status;
  return HintsText({.ctl = Program(kCtlProgram),
                    .operator_program = Program(kOperatorProgram),
                    .folder = folder_,
                    .broker_port = broker_port_,
                    .broker_key = broker_key_.public_key,
                    .control_port = control_port_,
                    .practice = options_.practices.front()});
}

}  // namespace ecluse::story
