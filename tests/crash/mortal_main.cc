// SPDX-License-Identifier: Apache-2.0
// eclused-mortal: the broker, all of it, on a store that ends it where its orders say. The broker
// itself knows nothing of it.
#include <fcntl.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <thread>

#include "broker/runtime/eclused.h"
#include "tests/crash/mortal_store.h"

namespace ecluse::crash {
namespace {

// The broker writes its endpoint to a draft first. In place of the draft stands a pipe: who opens
// it to write has bound its socket and told nobody.
void WaitForEndpoint(const std::string& draft, Orders& orders) {
  if (mkfifo(draft.c_str(), 0600) != 0) return;
  std::thread([draft, &orders] {
    if (open(draft.c_str(), O_RDONLY | O_CLOEXEC) >= 0) DieAt(Point::kEndpoint, orders);
  }).detach();
}

int Run(const StartOptions& options, Orders& orders) {
  const std::string draft = options.endpoint_file + ".new";
  unlink(draft.c_str());
  return RunBroker(options, [&](std::unique_ptr<store::Store> store) {
    DieAt(Point::kOpened, orders);
    if (orders.point == static_cast<uint32_t>(Point::kEndpoint)) WaitForEndpoint(draft, orders);
    return std::make_unique<MortalStore>(std::move(store), orders);
  });
}

}  // namespace
}  // namespace ecluse::crash

int main(int argc, char** argv) {
  CLI::App app("The broker, on a store that ends it where its orders say");
  ecluse::StartOptions options;
  std::string orders_file;
  app.add_option("--config", options.config_file)->required();
  app.add_option("--endpoint-file", options.endpoint_file)->required();
  app.add_option("--orders", orders_file)->required();
  CLI11_PARSE(app, argc, argv);
  spdlog::set_default_logger(spdlog::stderr_logger_st("eclused"));
  const auto orders = ecluse::crash::MapOrders(orders_file);
  if (!orders.ok()) {
    spdlog::error("{}", std::string(orders.status().message()));
    return ecluse::kExitCannotStart;
  }
  return ecluse::crash::Run(options, **orders);
}
