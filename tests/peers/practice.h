// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <zmq.hpp>

#include "tests/peers/caller.h"
#include "tests/peers/receipts.h"

namespace ecluse::peers {

// An honest practice: deposits some requests, one call at a time, reads its inbox between them,
// and says each call until it is answered.
class Practice {
 public:
  Practice(zmq::context_t& context, const LinkOptions& link, int number, int deposits);

  void Turn(SteadyTime now);
  // How many calls were answered.
  int Listen();
  bool done() const;

  void* handle() { return socket_.handle(); }
  const Receipts& receipts() const { return receipts_; }
  const Answers& answers() const { return answers_; }
  // What the checker must find: `doubled` else lost.
  void SpoilBooks(bool doubled);

 private:
  wire::CallBody NextCall();
  bool Take(wire::Reply reply);

  zmq::socket_t socket_;
  const int number_;
  const int deposits_;
  std::optional<wire::CallBody> under_way_;
  uint64_t correlation_ = 0;
  SteadyTime say_again_;
  int deposited_ = 0;
  bool inbox_next_ = false;
  uint64_t read_up_to_ = 0;
  Receipts receipts_;
  Answers answers_;
};

}  // namespace ecluse::peers
