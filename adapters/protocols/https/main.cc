// SPDX-License-Identifier: Apache-2.0
// ecluse-adapter-https: carries requests of one operator over HTTPS.
#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>

#include <CLI/CLI.hpp>
#include <thread>

#include "adapters/protocols/https/config.h"
#include "adapters/protocols/https/handler.h"

namespace {

// The first signal asks for a graceful stop; a second one ends the process at once, which costs
// no more than a crash does: what was begun is doubt.
void WaitForSignals(const sigset_t& ends, ecluse::Worker& worker) {
  int signal_number = 0;
  sigwait(&ends, &signal_number);
  spdlog::info("stopping: finishing what has begun");
  sd_notify(0, "STOPPING=1");
  worker.Stop();
  sigwait(&ends, &signal_number);
  _exit(1);
}

int Run(ecluse::https::Config config) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  signal(SIGPIPE, SIG_IGN);
  ecluse::https::HttpsHandler handler(config.site, config.promises);
  config.worker.log = [](const std::string& line) { spdlog::warn("{}", line); };
  const std::string endpoint = config.worker.link.endpoint;
  auto worker = ecluse::Worker::Open(std::move(config.worker), handler);
  if (!worker.ok()) {
    spdlog::error("{}", std::string(worker.status().message()));
    return 2;
  }
  std::thread([&ends, w = worker->get()] { WaitForSignals(ends, *w); }).detach();
  spdlog::info("carrying for {} from {}", config.site.url, endpoint);
  sd_notify(0, "READY=1");
  const absl::Status status = (*worker)->Run();
  if (!status.ok()) spdlog::error("{}", std::string(status.message()));
  spdlog::info("stopped");
  spdlog::shutdown();
  // The thread that waits for signals still refers to the worker.
  std::fflush(nullptr);
  _exit(status.ok() ? 0 : 1);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Carries requests from the Écluse broker to one operator over HTTPS");
  std::string path;
  app.add_option("--config", path, "configuration file")->required();
  CLI11_PARSE(app, argc, argv);
  spdlog::set_default_logger(spdlog::stderr_logger_mt("adapter"));
  auto config = ecluse::https::ReadConfig(path);
  if (!config.ok()) {
    spdlog::error("{}", std::string(config.status().message()));
    return 2;
  }
  return Run(*std::move(config));
}
