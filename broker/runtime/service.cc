// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/service.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "proto/limits.h"

namespace ecluse {

StopSignal::StopSignal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  fd_ = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

StopSignal::~StopSignal() {
  if (fd_ >= 0) close(fd_);
}

bool StopSignal::came() {
  signalfd_siginfo info = {};
  if (!came_ && read(fd_, &info, sizeof info) == sizeof info) came_ = true;
  return came_;
}

ServiceManager::ServiceManager() {
  uint64_t period = 0;
  if (sd_watchdog_enabled(0, &period) > 0) {
    every_ = absl::Microseconds(static_cast<int64_t>(period)) / 2;
  }
}

void ServiceManager::Ready(const std::string& status) {
  sd_notify(0, ("READY=1\nSTATUS=" + status).c_str());
}

void ServiceManager::Stopping() { sd_notify(0, "STOPPING=1"); }

void ServiceManager::Alive(absl::Time now) {
  if (now >= told_ && now - told_ < every_) return;
  told_ = now;
  sd_notify(0, "WATCHDOG=1");
}

absl::Status RaiseFileLimit() {
  constexpr rlim_t kLeast = 2 * limits::kOwnFiles;
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return absl::OkStatus();
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kLeast) return absl::OkStatus();
  return absl::FailedPreconditionError(
      fmt::format("the machine allows {} open files, and the store and its peers need {}: see "
                  "LimitNOFILE in the unit, or ulimit -n",
                  limit.rlim_cur, kLeast));
}

size_t MostConnections() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return limits::kConnections;
  if (limit.rlim_cur <= limits::kOwnFiles) return 0;
  return std::min(limits::kConnections, (limit.rlim_cur - limits::kOwnFiles) / 4 * 3);
}

}  // namespace ecluse
