// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/eclused.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

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
#include "broker/runtime/loop.h"
#include "broker/runtime/routes_file.h"
#include "broker/runtime/service.h"
#include "broker/runtime/vitals.h"
#include "store/rocks_store.h"

namespace ecluse {
namespace {

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
  std::ofstream file(draft);
  file << fmt::format("endpoint = \"{}\"\npublic = \"{}\"\n", endpoint, public_key);
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(draft, path, error);
  if (!file || error) return absl::UnavailableError(path + ": can't be written");
  return absl::OkStatus();
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

int Run(const Config& config, store::Store& store, Router& router, Broker& broker, Clock& clock,
        StopSignal& stop) {
  DiskWatch disk(config.disk_reserve,
                 [directory = config.store_directory] { return FreeBytes(directory); });
  const Edge edge(config.rules, config.routes, Paris());
  Loop loop({router, store, broker, edge, [&clock] { return clock.Now(); },
             [&disk](absl::Time now) { return disk.Look(now); }, config.backup_directory});
  ServiceManager manager;
  manager.Ready("listening on " + router.endpoint());
  while (!stop.came()) {
    if (const absl::Status status = loop.Turn(); !status.ok()) {
      if (absl::IsDataLoss(status)) {
        spdlog::critical(
            "the store {} is damaged: {}. The broker stops and says nothing more. Nothing was "
            "repaired or deleted: keep a copy of the directory as it is, and run `eclusectl "
            "verify` on it.",
            config.store_directory, std::string(status.message()));
        return kExitCommitFailed;
      }
      spdlog::critical(
          "a commit failed: {}. Nobody knows whether it will be remembered, so nothing of it was "
          "said and the broker stops. See to the disk of {}, then start again: nothing that got "
          "a receipt is lost, and peers ask again by themselves.",
          std::string(status.message()), config.store_directory);
      return kExitCommitFailed;
    }
    manager.Alive(clock.Now());
  }
  manager.Stopping();
  LogCounts(loop.counts(), router.counts());
  return kExitStopped;
}

}  // namespace

int RunBroker(const StartOptions& options, const WrapStore& wrap, const OpenStore& open) {
  StopSignal stop;
  RaiseFileLimit();
  auto papers = ReadPapers(options);
  if (!papers.ok()) return CannotStart(papers.status());
  const Config& config = papers->config;
  spdlog::set_level(spdlog::level::from_str(config.log_level));
  if (MostConnections() < limits::kConnections) {
    spdlog::warn("the machine allows few open files: at most {} connections; see LimitNOFILE",
                 MostConnections());
  }
  WarnOfRoutes(config);
  if (options.only_check) {
    spdlog::info("{}: {} destinations, {} keys: no mistake found", options.config_file,
                 config.policies.size(), papers->peers.size());
    return kExitStopped;
  }

  Clock clock;
  const store::RocksOptions place = {.directory = config.store_directory,
                                     .master_key_file = config.master_key_file,
                                     .now = clock.Now()};
  auto store = open ? open(place) : store::OpenRocksStore(place);
  if (!store.ok()) return CannotStart(store.status());
  if (wrap) *store = wrap(*std::move(store));
  const auto recovered = (*store)->Recover();
  if (!recovered.ok()) return CannotStart(recovered.status());
  Broker broker(**store, config.policies, config.routes, *recovered, clock.Now(),
                {DrawOffset(config.start_offset_most), Paris(), papers->peers.Practices()});
  const auto router = Router::Bind({config.endpoint, papers->keys, std::move(papers->peers),
                                    stop.fd(), limits::kUnheardByAll, MostConnections()});
  if (!router.ok()) return CannotStart(router.status());
  const std::string& endpoint = (*router)->endpoint();
  const std::string& public_key = papers->keys.public_key;
  const absl::Status written = WriteEndpoint(config.endpoint_file, endpoint, public_key);
  if (!written.ok()) return CannotStart(written);
  spdlog::info("ready: endpoint {} public key {} requests in flight {}", endpoint, public_key,
               recovered->in_flight.size());
  return Run(config, **store, **router, broker, clock, stop);
}

}  // namespace ecluse
