// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/handler.h"
#include "adapters/link.h"
#include "proto/names.h"

namespace ecluse {

struct WorkerOptions {
  LinkOptions link;
  std::vector<Destination> destinations;  // of one operator
  uint32_t threads = 4;                   // calls of the handler at a time
  uint32_t slots = 0;  // tasks in hand, waiting ones included; 0: twice the threads
  absl::Duration pull_wait = absl::Seconds(20);
  // The longest that one Deliver takes: the handler's own total timeout. A try that could not end
  // within the broker's `silence` is not begun.
  absl::Duration longest_delivery;
  // How long Run() goes on reporting after Stop(). What the broker did not note by then is doubt.
  absl::Duration stop_within = absl::Seconds(60);
  // The greatest epoch that an earlier life of this adapter heard: else a restart would forget that
  // the store was restored, and serve the broker that was restored over.
  StoreEpoch least_epoch = 0;
  // A greater one is heard: to be remembered durably on return. False: it could not be, and nothing
  // of it is begun.
  std::function<bool(StoreEpoch)> remember_epoch;
  // Pause between two collections of what came by itself.
  absl::Duration collect_every = absl::Seconds(30);
  // Told in one line what ops staff should know. Never anything about a patient.
  std::function<void(const std::string&)> log;
  // Called at each turn of Run(), about once a second at least: for a watchdog.
  std::function<void()> turned;
};

// Carries requests of its destinations to the operator by a Handler: pulls, asks to begin, calls
// the handler on its threads, and reports until the broker noted it, across lost connections and
// restarts of the broker. The rules are in Desk; this runs them.
class Worker {
 public:
  // `handler` must outlive the worker. An error means that the options are not well-formed.
  static absl::StatusOr<std::unique_ptr<Worker>> Open(WorkerOptions options, Handler& handler);
  ~Worker();

  // Works until Stop(), then gives back what has not begun, finishes what has, reports it and
  // returns. On an error some
  // outcomes were not noted in time: they are doubt, and the broker will probe.
  absl::Status Run();
  // From any thread, also from a signal handler.
  void Stop();

 private:
  struct Parts;
  explicit Worker(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace ecluse
