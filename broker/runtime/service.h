// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/time/time.h>

#include <cstddef>
#include <string>

// What ties the process to the machine's service manager.
namespace ecluse {

// SIGTERM and SIGINT as something to look at, so that a turn is always finished. Made before any
// thread is, because threads inherit what is blocked.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  // Readable once a signal came.
  int fd() const { return fd_; }
  bool came();

 private:
  int fd_;
  bool came_ = false;
};

// systemd, if it started us; otherwise each call does nothing.
class ServiceManager {
 public:
  ServiceManager();
  void Ready(const std::string& status);
  void Stopping();
  // Tells the watchdog that the loop turns. Cheap: speaks at most twice per watchdog period.
  void Alive(absl::Time now);

 private:
  absl::Duration every_ = absl::InfiniteDuration();
  absl::Time told_ = absl::InfinitePast();
};

// As many open files as the machine allows: a connection is one. FailedPrecondition: so few that a
// crowd at the port could take the store's.
absl::Status RaiseFileLimit();

// How many connections that leaves room for, at most limits::kConnections. A quarter of the files
// is neither theirs nor the store's: in the moment before a crowd is cut it may be larger.
size_t MostConnections();

}  // namespace ecluse
