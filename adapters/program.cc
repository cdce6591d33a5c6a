// SPDX-License-Identifier: Apache-2.0
#include "adapters/program.h"

#include <absl/time/clock.h>
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

// Tells systemd that the worker turns, three times in the time that the unit allows.
class Watchdog {
 public:
  Watchdog() {
    uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) > 0) pause_ = absl::Microseconds(microseconds) / 3;
  }
  void Turned() {
    const absl::Time now = absl::Now();
    if (now - last_ < pause_) return;
    last_ = now;
    sd_notify(0, "WATCHDOG=1");
  }

 private:
  absl::Duration pause_ = absl::InfiniteDuration();
  absl::Time last_ = absl::UnixEpoch();
};

}  // namespace

void PrepareAdapter(const std::string& name) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt(name));
  const sigset_t ends = Ends();
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

void RunAdapter(WorkerOptions options, Handler& handler, const std::string& carrying) {
  options.log = [](const std::string& line) { spdlog::warn("{}", line); };
  options.turned = [watchdog = Watchdog()]() mutable { watchdog.Turned(); };
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
