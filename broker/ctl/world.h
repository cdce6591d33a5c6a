// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "proto/wire.h"

namespace ecluse::ctl {

// Where the broker is and who asks: from flags, the environment or a profile.
struct Settings {
  std::string broker;      // "tcp://127.0.0.1:5570"
  std::string server_key;  // the broker's public key, or a file with it
  std::string key;         // our key file, from `eclusectl keygen`
  absl::Duration patience = absl::Seconds(15);
};

// Says one call until it is answered. An error: nobody knows whether the broker heard it.
using Ask = std::function<absl::StatusOr<wire::ReplyBody>(const wire::CallBody&)>;

// All that a run of the program touches beside files. Tests bring their own.
struct World {
  std::function<absl::StatusOr<Ask>(const Settings&)> connect;
  std::function<absl::Time()> now;
  std::function<void(absl::Duration)> wait;
  std::ostream& out;
  std::ostream& err;
  bool terminal = false;  // `out` is one
  bool french = false;    // unless --lang says otherwise
};

// What the program ends with.
enum Exit : int {
  kDone = 0,
  kRefused = 1,   // the broker refused, or a check found something
  kUsage = 2,     // the command line, a setting or a file of ours is wrong; nothing was asked
  kNoAnswer = 3,  // no answer in time: whether it was heard is not known; asking again is safe
};

// The whole program.
int Run(const std::vector<std::string>& arguments, World& world);

}  // namespace ecluse::ctl
