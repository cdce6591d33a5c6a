// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <random>
#include <string>
#include <zmq.hpp>

#include "tests/peers/caller.h"
#include "tests/peers/curve.h"
#include "tests/peers/tcp.h"

namespace ecluse::peers {

// A practice with a known key and bad manners.
class Pest {
 public:
  enum class Manner { kNeverReads, kReadsSlowly, kGarbage, kFlood, kInboxUnread };
  static constexpr int kManners = 5;

  Pest(zmq::context_t& context, const LinkOptions& link, int number, Manner manner);
  void Turn();

 private:
  // Over a bare connection: libzmq would read, or abort when it may not.
  void SayUnread(const Frames& frames);
  // The same deposit each time, so that a flood does not fill the disk.
  Frames Deposit(size_t items, size_t bytes);

  const LinkOptions link_;
  zmq::socket_t socket_;
  struct Bare {
    Tcp tcp;
    Curve curve;
    std::string unsaid = {};
  };
  std::optional<Bare> bare_;
  const int number_;
  const Manner manner_;
  std::mt19937 random_;
  int turns_ = 0;
};

}  // namespace ecluse::peers
