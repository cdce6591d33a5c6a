// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <zmq.hpp>

#include "tests/peers/caller.h"

namespace ecluse::peers {

// A practice with a known key and bad manners.
class Pest {
 public:
  enum class Manner { kNeverReads, kReadsSlowly, kGarbage, kFlood, kInboxUnread };
  static constexpr int kManners = 5;

  Pest(zmq::context_t& context, const LinkOptions& link, int number, Manner manner);
  void Turn();

 private:
  // The same deposit each time, so that a flood does not fill the disk.
  Frames Deposit(size_t items, size_t bytes);

  zmq::socket_t socket_;
  const int number_;
  const Manner manner_;
  std::mt19937 random_;
  int turns_ = 0;
};

}  // namespace ecluse::peers
