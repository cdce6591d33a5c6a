// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/eclused.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <utility>

#include "broker/core/broker.h"
#include "broker/net/keys.h"
#include "broker/net/peers.h"
#include "broker/net/router.h"
#include "broker/runtime/clock.h"
#include "broker/runtime/config.h"
#include "broker/runtime/copying.h"
#include "broker/runtime/interlude.h"
#include "broker/runtime/loop.h"
#include "broker/runtime/routes_file.h"
#include "broker/runtime/service.h"
#include "broker/runtime/vitals.h"
#include "store/master_key.h"
#include "store/rocks_store.h"

namespace ecluse {
namespace {

// After so long a life a failure is a new one.
constexpr absl::Duration kLongLife = absl::Minutes(10);

// What was read before anything was touched.
struct Papers {
  Config config;
  Peers peers;
  KeyPair keys;
};

absl::StatusOr<Papers> ReadPapers(const StartOptions& options) {
  auto config = ReadConfig(options.config_file);
  if (!config.ok()) return config.status();
  if (!options.endpoint.empty()) config->endpoint = options.endpoint;
  if (!options.endpoint_file.empty()) config->endpoint_file = options.endpoint_file;
  auto peers = Peers::Read(config->peers_file);
  if (!peers.ok()) return peers.status();
  auto keys = ReadKeyPair(config->key_file);
  if (!keys.ok()) return keys.status();
  return Papers{*std::move(config), *std::move(peers), *std::move(keys)};
}

// Whole or not at all, so that who waits for the file never reads half of it.
absl::Status WriteEndpoint(const std::string& path, const std::string& endpoint,
                           const std::string& public_key) {
  if (path.empty()) return absl::OkStatus();
  const std::string draft = path + ".new";
  errno = 0;
  std::ofstream file(draft);
  file << fmt::format("endpoint = \"{}\"\npublic = \"{}\"\n", endpoint, public_key);
  file.close();
  std::error_code error;
  if (file) {
    std::filesystem::rename(draft, path, error);
  } else {
    error = {errno != 0 ? errno : EIO, std::generic_category()};
  }
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(fmt::format("{}: can't be written: {}", path, error.message()));
}

// A misspelt operator would refuse every deposit by card that its row fits.
void WarnOfRoutes(const Config& config) {
  for (const OperatorId& run_by : config.routes.Operators()) {
    const auto at = config.policies.lower_bound({run_by, {}});
    if (at != config.policies.end() && at->first.run_by == run_by) continue;
    spdlog::warn("{}: a route leads to {}, and no [[operator]] or [[destination]] has that name",
                 config.routes_file, run_by.text);
  }
}

// Requests are taken without it too, so it is no reason not to start.
void WarnOfBackups(const Config& config) {
  const std::string& directory = config.backup_directory;
  std::error_code error;
  if (directory.empty() || std::filesystem::is_directory(directory, error)) return;
  spdlog::warn("`backup_directory`: there is no {}; no backup can be made", directory);
}

// Brokers that were told the same hour must not come in the same second.
absl::Duration DrawOffset(absl::Duration most) {
  std::random_device chance;
  const double part = static_cast<double>(chance()) / std::random_device::max();
  return absl::Floor(most * part, absl::Seconds(1));
}

int CannotStart(const absl::Status& status) {
  spdlog::error("cannot start: {}", std::string(status.message()));
  return kExitCannotStart;
}

void LogCounts(const Loop::Counts& loop, const Router::Counts& net) {
  spdlog::info(
      "stopped: turns={} calls={} bad_messages={} replies={} refused_keys={} own_names={} "
      "oversized={} undelivered={} cut={} crowded={}",
      loop.turns, loop.calls, loop.bad_messages, loop.replies, net.refused_keys, net.own_names,
      net.oversized, net.undelivered, net.cut, net.crowded);
}

// How a life ended, and why.
struct End {
  enum Kind {
    kAsked,    // to stop
    kDisk,     // it failed or is full
    kDamage,   // a person must look
    kRefused,  // something else than the disk; waiting would not help
  };
  Kind kind = kAsked;
  absl::Status why = absl::OkStatus();
};

End OfStore(const absl::Status& why) {
  if (absl::IsDataLoss(why)) return {End::kDamage, why};
  const bool disk = absl::IsUnavailable(why) || absl::IsResourceExhausted(why);
  return {disk ? End::kDisk : End::kRefused, why};
}

// The lives of a broker in one process, and what they share.
class Lives {
 public:
  Lives(Papers papers, const WrapStore& wrap, const OpenStore& open)
      : papers_(std::move(papers)), wrap_(wrap), open_(open) {}

  // The exit code.
  int Run();

 private:
  // From the opening of the store on.
  End Live();
  End Turn(store::Store& store, Broker& broker, Router& router);
  absl::StatusOr<std::unique_ptr<Router>> Bind();
  absl::StatusOr<std::unique_ptr<store::Store>> Open();
  int Give(const End& end);
  // False: asked to stop.
  bool Rest(absl::Duration pause);

  Papers papers_;
  const WrapStore& wrap_;
  const OpenStore& open_;
  StopSignal stop_;
  Clock clock_;
  ServiceManager manager_;
  Ballast ballast_{papers_.config.store_directory};
  bool began_ = false;  // peers were heard once
};

absl::StatusOr<std::unique_ptr<store::Store>> Lives::Open() {
  const store::RocksOptions place = {.directory = papers_.config.store_directory,
                                     .master_key_file = papers_.config.master_key_file,
                                     .create_if_missing = !began_ && !ballast_.marked(),
                                     .now = clock_.Now()};
  std::error_code error;
  const bool there = std::filesystem::exists(place.directory + "/CURRENT", error);
  auto store = open_ ? open_(place) : store::OpenRocksStore(place);
  if (absl::IsNotFound(store.status())) {
    return absl::FailedPreconditionError(fmt::format(
        "there is no store in {}, and there was one: {} lies beside it. Is its disk mounted? "
        "An empty store would take what was receipted before once more. If you do want one, delete "
        "that file",
        place.directory, ballast_.path()));
  }
  if (store.ok() && !there) {
    spdlog::warn("{} is a new and empty store; if there was one before, stop and look for its disk",
                 place.directory);
  }
  if (store.ok()) ballast_.Mark();
  if (store.ok() && wrap_) *store = wrap_(*std::move(store));
  return store;
}

absl::StatusOr<std::unique_ptr<Router>> Lives::Bind() {
  auto router = Router::Bind({papers_.config.endpoint, papers_.keys, papers_.peers, stop_.fd(),
                              limits::kUnheardByAll, MostConnections()});
  // Where any port would do, peers find the next life at the port of the first.
  if (router.ok()) papers_.config.endpoint = (*router)->endpoint();
  return router;
}

End Lives::Turn(store::Store& store, Broker& broker, Router& router) {
  const Config& config = papers_.config;
  DiskWatch disk(
      config.disk_reserve, [&config] { return FreeBytes(config.store_directory); }, &ballast_);
  const Edge edge(config.rules, config.routes, Paris());
  Copying copying({config.store_directory, config.backup_directory});
  Loop loop({router, store, broker, edge, [this] { return clock_.Now(); },
             [&disk](absl::Time now) { return disk.Look(now); }, &copying});
  manager_.Ready("listening on " + router.endpoint());
  while (!stop_.came()) {
    if (const absl::Status status = loop.Turn(); !status.ok()) {
      if (absl::IsDataLoss(status)) return {End::kDamage, status};
      spdlog::critical(
          "a commit failed: {}. Nobody knows whether it will be remembered, so nothing of it was "
          "said. See to the disk of {}. Nothing that got a receipt is lost.",
          std::string(status.message()), config.store_directory);
      return {End::kDisk, status};
    }
    manager_.Alive(clock_.Now());
  }
  manager_.Stopping();
  LogCounts(loop.counts(), router.counts());
  return {};
}

End Lives::Live() {
  const Config& config = papers_.config;
  const auto store = Open();
  if (!store.ok()) return OfStore(store.status());
  const auto recovered = (*store)->Recover();
  if (!recovered.ok()) return OfStore(recovered.status());
  Broker broker(**store, config.policies, config.routes, *recovered, clock_.Now(),
                {DrawOffset(config.start_offset_most), Paris(), papers_.peers.Practices()});
  const auto router = Bind();
  if (!router.ok()) return {End::kRefused, router.status()};
  const std::string& endpoint = (*router)->endpoint();
  const std::string& public_key = papers_.keys.public_key;
  const absl::Status written = WriteEndpoint(config.endpoint_file, endpoint, public_key);
  if (!written.ok()) return {End::kRefused, written};
  began_ = true;
  spdlog::info("ready: endpoint {} public key {} requests in flight {}", endpoint, public_key,
               recovered->in_flight.size());
  return Turn(**store, broker, **router);
}

bool Lives::Rest(absl::Duration pause) {
  const auto router = Bind();
  manager_.Ready("waiting for the disk of " + papers_.config.store_directory);
  spdlog::warn("the store is closed; deposits are refused until the disk is well");
  Interlude interlude({router.ok() ? router->get() : nullptr, clock_, stop_, manager_, ballast_,
                       papers_.config.store_directory});
  return interlude.Wait(pause);
}

int Lives::Give(const End& end) {
  const std::string why(end.why.message());
  if (end.kind == End::kAsked) return kExitStopped;
  if (!began_) return CannotStart(end.why);
  if (end.kind == End::kDamage) {
    spdlog::critical(
        "the store {} is damaged: {}. The broker stops and says nothing more. Nothing was "
        "repaired or deleted: keep a copy of the directory as it is, and run `eclusectl verify` "
        "on it.",
        papers_.config.store_directory, why);
    return kExitDamaged;
  }
  spdlog::critical("the broker can't go on: {}", why);
  return kExitCommitFailed;
}

int Lives::Run() {
  absl::Duration pause = Interlude::kFirstPause;
  for (;;) {
    const absl::Time born = clock_.Now();
    const End end = Live();
    if (end.kind != End::kDisk) return Give(end);
    spdlog::error("the disk of the store failed: {}", std::string(end.why.message()));
    // A disk that fails again and again is tried less and less.
    if (clock_.Now() - born > kLongLife) pause = Interlude::kFirstPause;
    if (!Rest(pause)) return kExitStopped;
    pause = std::min(2 * pause, Interlude::kMostPause);
  }
}

}  // namespace

int RunBroker(const StartOptions& options, const WrapStore& wrap, const OpenStore& open) {
  if (auto status = RaiseFileLimit(); !status.ok()) return CannotStart(status);
  auto papers = ReadPapers(options);
  if (!papers.ok()) return CannotStart(papers.status());
  const Config& config = papers->config;
  spdlog::set_level(spdlog::level::from_str(config.log_level));
  if (MostConnections() < limits::kConnections) {
    spdlog::warn("the machine allows few open files: at most {} connections; see LimitNOFILE",
                 MostConnections());
  }
  WarnOfRoutes(config);
  WarnOfBackups(config);
  if (options.only_check) {
    const auto master = store::ReadMasterKey(config.master_key_file, config.store_directory);
    if (!master.ok()) return CannotStart(master.status());
    spdlog::info("{}: {} destinations, {} keys: no mistake found", options.config_file,
                 config.policies.size(), papers->peers.size());
    return kExitStopped;
  }

  return Lives(*std::move(papers), wrap, open).Run();
}

}  // namespace ecluse
