// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <functional>
#include <memory>
#include <string>

#include "store/rocks_store.h"
#include "store/store.h"

namespace ecluse {

inline constexpr int kExitStopped = 0;
inline constexpr int kExitCannotStart = 2;
inline constexpr int kExitCommitFailed = 3;  // and the store could not be opened again
inline constexpr int kExitDamaged = 4;       // the store gave back other bytes than were written

struct StartOptions {
  std::string config_file;
  bool only_check = false;
  // If not empty, instead of what the configuration says.
  std::string endpoint;
  std::string endpoint_file;
};

// Takes the open store, before anything was read from it, and gives the one that the broker uses.
// For tests that want to be asked at each commit; the program itself passes none.
using WrapStore = std::function<std::unique_ptr<store::Store>(std::unique_ptr<store::Store>)>;

// Opens the store, instead of OpenRocksStore(); asked again after each failure of the disk. For
// tests that want another disk.
using OpenStore =
    std::function<absl::StatusOr<std::unique_ptr<store::Store>>(const store::RocksOptions&)>;

// A commit that fails ends a life of the broker: nothing of it is said, the store is closed, and
// when the disk is well again the next life begins with what the store remembers, in the same
// process (interlude.h). Damage ends the process.
//
// Starts, runs until SIGTERM or SIGINT, and gives the exit code. Blocks these signals, so it must
// be called before the first thread is made. Says "ready" in the log once peers are heard.
int RunBroker(const StartOptions& options, const WrapStore& wrap = nullptr,
              const OpenStore& open = nullptr);

}  // namespace ecluse
