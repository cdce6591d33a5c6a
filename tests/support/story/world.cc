// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/world.h"

#include <absl/time/clock.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <utility>

#include "tests/support/operator/certificates.h"
#include "tests/support/operator/control.h"
#include "tests/support/patients/authorisation.h"
#include "tests/support/story/hints.h"

namespace ecluse::story {
namespace {

constexpr char kBrokerProgram[] = "broker/runtime/eclused";
constexpr char kCtlProgram[] = "broker/ctl/eclusectl";
constexpr char kAdapterProgram[] = "adapters/operators/ecluse-adapter";
constexpr char kVaultProgram[] = "adapters/vault/ecluse-vault";
constexpr char kOperatorProgram[] = "tests/support/operator/ecluse-operator";

}  // namespace

absl::StatusOr<std::unique_ptr<World>> World::Make(WorldOptions options) {
  std::unique_ptr<World> world(new World(std::move(options)));
  std::string folder = (std::filesystem::temp_directory_path() / "ecluse-story-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return absl::ErrnoToStatus(errno, folder);
  world->folder_ = folder;
  for (const char* program :
       {kBrokerProgram, kCtlProgram, kAdapterProgram, kVaultProgram, kOperatorProgram}) {
    if (!std::filesystem::exists(world->Program(program))) {
      return absl::NotFoundError(world->Program(program) + " is not built");
    }
  }
  absl::Status status = world->MakePlayers();
  if (status.ok()) status = world->MakeKeys();
  if (status.ok()) status = MakeCertificates(world->folder_);
  if (status.ok()) status = world->MakeVaults();
  if (status.ok()) status = world->MakeMail();
  if (status.ok()) status = world->WriteFiles();
  if (!status.ok()) return status;
  world->MakeProcesses();
  return world;
}

World::~World() {
  if (options_.stays && broker_ != nullptr && broker_->Alive()) return;
  const std::vector<Process*> everybody = Everybody();
  // All hear of it first, then each is waited for.
  for (const Process* process : everybody) process->Signal(SIGTERM);
  for (Process* process : everybody) process->Stop(absl::Seconds(5));
  std::error_code ignored;
  if (!keep_) std::filesystem::remove_all(folder_, ignored);
}

void World::Abandon() {
  for (const Process* process : Everybody()) process->Signal(SIGKILL);
  if (mail_ != nullptr) mail_->Abandon();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::vector<Process*> World::Everybody() {
  std::vector<Process*> all;
  for (Player& player : players_) all.push_back(player.adapter.get());
  all.push_back(broker_.get());
  for (Player& player : players_) all.push_back(player.simulated.get());
  std::erase(all, nullptr);
  return all;
}

absl::Status World::MakePlayers() {
  std::error_code error;
  std::filesystem::create_directory(Path("profiles"), error);
  const size_t wanted = 1 + 2 * options_.operators.size();
  const std::vector<int> ports = FreePorts(static_cast<int>(wanted));
  if (ports.size() != wanted) {
    return absl::UnavailableError("no free ports on loopback");
  }
  broker_port_ = ports[0];
  size_t port = 1;
  for (const std::string& name : options_.operators) {
    const auto text = ProfileWithShortWaits(name, options_.manners.waits);
    if (!text.ok()) return text.status();
    const std::string path = Path("profiles/" + name + ".toml");
    absl::Status status = WriteFile(path, *text);
    if (!status.ok()) return status;
    auto profile = profile::ReadProfile(path);
    if (!profile.ok()) return profile.status();
    Player player;
    player.profile = *std::move(profile);
    player.port = ports[port++];
    player.control_port = ports[port++];
    players_.push_back(std::move(player));
  }
  return absl::OkStatus();
}

absl::Status World::MakeKeys() {
  practice_keys_.resize(options_.practices.size());
  std::vector<std::pair<KeyPair*, std::string>> all = {{&broker_key_, "broker"}, {&ops_, "ops"}};
  for (size_t i = 0; i < practice_keys_.size(); ++i) {
    all.emplace_back(&practice_keys_[i], options_.practices[i].id.text);
  }
  for (Player& player : players_) {
    all.emplace_back(&player.adapter_key, player.id().text + ".adapter");
  }
  for (const auto& [pair, name] : all) {
    absl::StatusOr<KeyPair> made = MakeKeyPair();
    if (!made.ok()) return made.status();
    *pair = *std::move(made);
    const absl::Status status = WriteKeyPair(Path(name + ".key"), *pair);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status World::RunVault(std::vector<std::string> arguments, const std::string& input) const {
  const absl::Status status = WriteFile(Path("secret"), input + "\n");
  if (!status.ok()) return status;
  Process vault({.name = "vault",
                 .program = Program(kVaultProgram),
                 .arguments = std::move(arguments),
                 .log = Path("vault.log"),
                 .input = Path("secret")});
  const absl::Status started = vault.Start();
  if (!started.ok()) return started;
  while (vault.Alive()) absl::SleepFor(absl::Milliseconds(2));
  std::filesystem::remove(Path("secret"));
  if (vault.ended() == 0) return absl::OkStatus();
  return absl::InternalError("ecluse-vault failed:\n" + vault.LogTail());
}

absl::Status World::SetLogin(const OperatorId& at, const PracticeId& practice,
                             const std::string& secret) const {
  return RunVault({"set", "--file", Path(at.text + ".vault"), "--key", Path("vault.key"),
                   practice.text, LoginOf(practice, at)},
                  secret);
}

absl::Status World::MakeVaults() {
  absl::Status status = RunVault({"init-key", Path("vault.key")}, "");
  for (const Player& player : players_) {
    std::string accounts;
    for (const patients::Practice& practice : options_.practices) {
      const std::string secret = NewMasterKey().substr(0, 16);
      accounts +=
          fmt::format("{} {} {}\n", practice.id.text, LoginOf(practice.id, player.id()), secret);
      if (status.ok()) status = SetLogin(player.id(), practice.id, secret);
    }
    if (status.ok()) status = WriteFile(Path(player.id().text + ".accounts"), accounts);
  }
  return status;
}

absl::Status World::MakeMail() {
  why_no_mail_ = options_.mail ? MailHouse::WhyNot() : "it is not wanted";
  if (!why_no_mail_.empty()) return absl::OkStatus();
  std::vector<OperatorId> operators;
  for (const Player& player : players_) {
    if (std::ranges::any_of(player.profile.services, ByMail)) operators.push_back(player.id());
  }
  auto house = MailHouse::Open(folder_, operators, options_.practices, options_.seed);
  if (!house.ok()) return house.status();
  mail_ = *std::move(house);
  return absl::OkStatus();
}

absl::Status World::ChangeSecret(const OperatorId& at, const PracticeId& practice) {
  const std::string secret = NewMasterKey().substr(0, 16);
  const absl::Status status = Tell(at, fmt::format("account {} secret {}", practice.text, secret));
  return status.ok() ? SetLogin(at, practice, secret) : status;
}

absl::Status World::WriteFiles() {
  // Secret halves are their owner's alone.
  chmod(Path("client.key").c_str(), 0600);
  absl::Status status = WriteFile(Path("master.key"), NewMasterKey());
  status.Update(
      WriteFile(Path("peers.toml"), PeersFile(options_.practices, practice_keys_, players_, ops_)));
  status.Update(WriteFile(Path("routes.toml"), RoutesFile(players_)));
  status.Update(WriteFile(Path("eclusectl.toml"), CtlProfile(broker_port_, folder_)));
  status.Update(WriteFile(Path("eclused.toml"),
                          BrokerConfig(broker_port_, players_, options_.manners.policy)));
  for (const Player& player : players_) {
    status.Update(WriteFile(Path(player.id().text + ".adapter.toml"),
                            AdapterConfig(broker_port_, player, MailEndpoint(player))));
  }
  return status;
}

std::string World::MailEndpoint(const Player& player) const {
  const auto service = std::ranges::find_if(player.profile.services, ByMail);
  if (mail_ == nullptr || service == player.profile.services.end()) return "";
  return mail_->EndpointFor(player.id(), service->name);
}

std::unique_ptr<Process> World::MakeProcess(const std::string& name, const char* program,
                                            std::vector<std::string> arguments) const {
  return std::make_unique<Process>(Process::Command{.name = name,
                                                    .program = Program(program),
                                                    .arguments = std::move(arguments),
                                                    .log = Path(name + ".log"),
                                                    .stays = options_.stays});
}

void World::MakeProcesses() {
  broker_ = MakeProcess("broker", kBrokerProgram, {"--config", Path("eclused.toml")});
  for (Player& player : players_) {
    const std::string& name = player.id().text;
    const Manners& manners = options_.manners;
    std::vector<std::string> arguments = {"--profile",      player.profile.path,
                                          "--accounts",     Path(name + ".accounts"),
                                          "--port",         std::to_string(player.port),
                                          "--control-port", std::to_string(player.control_port),
                                          "--ca",           Path("ca.pem"),
                                          "--cert",         Path("server.pem"),
                                          "--key",          Path("server.key"),
                                          "--ledger",       Path(name + ".ledger"),
                                          "--seed",         std::to_string(options_.seed),
                                          "--faults",       manners.faults,
                                          "--shares",       manners.shares,
                                          "--decide-ms",    manners.decide_millis};
    if (manners.closed) arguments.insert(arguments.end(), {"--closed", "refuse"});
    player.simulated = MakeProcess(name + ".simulated", kOperatorProgram, std::move(arguments));
    player.adapter =
        MakeProcess(name + ".adapter", kAdapterProgram,
                    {"--profile", player.profile.path, "--config", Path(name + ".adapter.toml")});
  }
}

absl::Status World::Start() {
  std::vector<Process*> order;
  for (const Player& player : players_) order.push_back(player.simulated.get());
  order.push_back(broker_.get());
  for (const Player& player : players_) order.push_back(player.adapter.get());
  for (Process* process : order) {
    const absl::Status status = process->Start();
    if (!status.ok()) return status;
  }
  if (mail_ != nullptr) mail_->Begin();
  return WriteStopScript();
}

absl::Status World::Tell(const OperatorId& who, const std::string& line) {
  for (const Player& player : players_) {
    if (player.id() != who) continue;
    const absl::StatusOr<std::string> said = ecluse::Tell(player.control_port, line);
    if (!said.ok()) return said.status();
    return said->starts_with("ok") ? absl::OkStatus() : absl::InternalError(line + ": " + *said);
  }
  return absl::NotFoundError("no operator " + who.text);
}

absl::Status World::KillAndRestart(Process& process) {
  process.Kill();
  absl::Status status = process.Start();
  status.Update(WriteStopScript());
  return status;
}

std::string World::Casualties() {
  std::string report;
  for (Process* process : Everybody()) {
    if (process->Alive()) continue;
    report += fmt::format("the {} ended by itself; its last words:\n{}", process->name(),
                          process->LogTail());
  }
  return report;
}

absl::StatusOr<std::map<OperatorId, Witness>> World::Ledgers() {
  if (mail_ != nullptr) mail_->End();
  std::map<OperatorId, Witness> ledgers;
  for (const Player& player : players_) {
    absl::StatusOr<Witness> witness = ReadLedger(Path(player.id().text + ".ledger"));
    if (!witness.ok()) return witness.status();
    const absl::StatusOr<Witness> mails = ReadLedger(MailHouse::LedgerIn(folder_, player.id()));
    if (!mails.ok()) return mails.status();
    for (const Acceptance& bill : mails->accepted) {
      witness->accepted.push_back(bill);
      ++witness->by_key[bill.key];
    }
    ledgers[player.id()] = *std::move(witness);
  }
  return ledgers;
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
  for (const Process* process : Everybody()) script += fmt::format(" {}", process->pid());
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
                    .control_port = players_.front().control_port,
                    .mail = mail_ != nullptr,
                    .practice = options_.practices.front()});
}

}  // namespace ecluse::story
