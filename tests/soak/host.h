// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <memory>
#include <string>
#include <vector>

#include "broker/core/broker.h"
#include "store/store.h"
#include "tests/soak/catalogue.h"
#include "tests/soak/options.h"

namespace ecluse::soak {

// The broker's process without its sockets: the real core on the real store, every batch synced,
// driven as the loop of eclused drives it.
class Host {
 public:
  // Seconds of the processor, for the commit seconds on the wall; since the last TakeCost().
  struct Cost {
    double tick = 0, handle = 0, finish = 0, commit = 0, wakeup = 0;
    uint64_t turns = 0, calls = 0;
  };
  struct Started {
    double open = 0, recover = 0, begin = 0;  // seconds on the wall
  };

  Host(const Options& options, const Catalogue& catalogue, std::string name);
  ~Host();

  // Opens the store where it is, or makes one. Gives up if it can't.
  Started Start(absl::Time now);
  void Stop();

  void Hear(std::string peer, const Identity& who, uint64_t correlation, wire::CallBody body);
  // One turn with all that was heard. Nothing is returned before it is durable.
  std::vector<Outbound> Turn(absl::Time now);
  absl::Time NextWakeup();
  uint64_t heard() const { return arrived_.size(); }

  const store::Store& store() const { return *store_; }
  const std::string& folder() const { return folder_; }
  // Of the last turn.
  const Cost& last() const { return last_; }
  Cost TakeCost();

 private:
  const Options& options_;
  const Catalogue& catalogue_;
  std::string folder_;
  std::string key_file_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Broker> broker_;
  std::vector<Inbound> arrived_;
  Cost cost_;
  Cost last_;
};

}  // namespace ecluse::soak
