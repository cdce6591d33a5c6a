// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "adapters/client.h"
#include "tests/peers/house.h"

namespace ecluse::peers {

// Sanitizers keep what was given back, and shadows of all.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr uint64_t kMemory = 1ULL << 30;
#else
inline constexpr uint64_t kMemory = 96ULL << 20;
#endif

// Looks after an attack whether it harmed anybody: the broker, an honest peer that was there
// before, one that comes now, the files and the memory.
class Watch {
 public:
  struct Bounds {
    size_t files = 16;          // more than at the beginning, once the attack is over
    uint64_t memory = kMemory;  // more than at the beginning, ever
    absl::Duration patience = absl::Seconds(20);
  };
  // `honest` deposits. Takes note of how things are.
  Watch(House& house, int honest, Bounds bounds);

  // Empty: nobody was harmed.
  std::string Trouble();
  uint64_t deposits() const { return deposits_; }

 private:
  std::string Served(Client& client, const std::string& who);
  bool FilesAreBack() const;

  House& house_;
  const int honest_;
  const Bounds bounds_;
  std::unique_ptr<Client> client_;
  size_t files_ = 0;
  uint64_t memory_ = 0;
  uint64_t deposits_ = 0;
};

}  // namespace ecluse::peers
