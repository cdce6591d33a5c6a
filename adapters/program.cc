// SPDX-License-Identifier: Apache-2.0
#include "adapters/program.h"

#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <cstdio>
#include <thread>
#include <utility>

namespace ecluse {
namespace {

sigset_t Ends() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  return ends;
}

void WaitForSignals(Worker& worker) {
  const sigset_t ends = Ends();
  int signal_number = 0;
  sigwait(&ends, &signal_number);
  spdlog::info("stopping: finishing what has begun");
  sd_notify(0, "STOPPING=1");
  worker.Stop();
  sigwait(&ends, &signal_number);
  _exit(1);
}

}  // namespace

void PrepareAdapter(const std::string& name) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt(name));
  const sigset_t ends = Ends();
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

void RunAdapter(WorkerOptions options, Handler& handler, const std::string& carrying) {
  options.log = [](const std::string& line) { spdlog::warn("{}", line); };
  auto worker = Worker::Open(std::move(options), handler);
  if (!worker.ok()) {
    spdlog::error("{}", std::string(worker.status().message()));
    std::exit(2);
  }
  std::thread([w = worker->get()] { WaitForSignals(*w); }).detach();
  spdlog::info("{}", carrying);
  sd_notify(0, "READY=1");
  const absl::Status status = (*worker)->Run();
  if (!status.ok()) spdlog::error("{}", std::string(status.message()));
  spdlog::info("stopped");
  spdlog::shutdown();
  // The thread that waits for signals still refers to the worker.
  std::fflush(nullptr);
  _exit(status.ok() ? 0 : 1);
}

}  // namespace ecluse
