// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>
#include <zmq.hpp>

#include "tests/peers/house.h"
#include "tests/peers/pest.h"
#include "tests/peers/practice.h"

namespace ecluse::peers {

struct Load {
  int practices = 100;  // hostile ones among them
  int hostile = 1;
  int deposits = 10;  // of each honest one
  int kills = 1;      // evenly over the run
};

// What came out. `reconnects`: honest practices that were answered again after a kill.
struct Outcome {
  uint64_t deposits = 0;
  uint64_t receipts = 0;
  uint64_t answers = 0;
  uint64_t doubled = 0;
  uint64_t reconnects = 0;
  int kills = 0;
  uint64_t peak_bytes = 0;
  double storm_seconds = 0;  // the longest from a start to the last of them answered
  int waiting = 0;           // honest practices that waited for ever

  uint64_t lost() const { return 2 * deposits - receipts - answers; }
};

// Many practices in one thread against one broker, which is killed and started again meanwhile.
class Fleet {
 public:
  Fleet(House& house, const Load& load);
  Outcome Run();
  // For a test of the checker: "lost" or "doubled".
  void Plant(const std::string& fault);
  // Once more over the books.
  Outcome Count() const;

 private:
  bool Round();  // false: nobody was answered for too long
  void KillAndStart();
  void Sample();

  House& house_;
  const Load load_;
  zmq::context_t context_;
  zmq::context_t pests_context_;  // a thread of their own: they must not slow the others down here
  std::deque<Practice> practices_;
  std::deque<Pest> pests_;
  std::vector<zmq::pollitem_t> items_;
  std::vector<char> answered_since_start_;
  int silent_since_start_ = 0;
  SteadyTime last_answer_;
  SteadyTime started_;
  uint64_t answered_ = 0;
  Outcome seen_;
};

}  // namespace ecluse::peers
