// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace ecluse::peers {

// A bad line between a peer and the broker: it passes bytes on, both ways, and by chance flips,
// drops, doubles or cuts some. Chance is the seed's; when the bytes come is not.
class Mangler {
 public:
  // On the average one harm in so many bytes; 0: none.
  Mangler(std::string broker, unsigned seed, unsigned bytes_per_harm);
  ~Mangler();

  const std::string& endpoint() const { return endpoint_; }
  uint64_t harms() const { return harms_; }
  uint64_t connections() const { return connections_; }

 private:
  struct Pipe;
  void Run();
  void Accept();
  // False: the connection is over.
  bool Pass(int from, int to, std::string& waiting);
  bool Harm(std::string& bytes);

  const std::string broker_;
  std::mt19937 random_;
  const unsigned bytes_per_harm_;
  uint64_t to_next_harm_ = 0;
  std::string endpoint_;
  int listener_ = -1;
  std::vector<std::unique_ptr<Pipe>> pipes_;
  std::atomic<uint64_t> harms_ = 0;
  std::atomic<uint64_t> connections_ = 0;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace ecluse::peers
