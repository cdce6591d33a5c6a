// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "proto/wire.h"
#include "store/store.h"

namespace ecluse {

// Where a reply goes: the transport's own name of a connection. Opaque to the core.
using Peer = std::string;

struct Outbound {
  Peer peer;
  wire::Reply reply;
};

// What one turn decided: a batch to remember, and words that wait for it.
class Step {
 public:
  store::Batch batch;

  // A copy of the store that is to be made once the batch is durable; the shell answers.
  struct Copy {
    std::string peer;
    uint64_t correlation = 0;
    std::string name;
    RequestId last_request;
  };
  std::vector<Copy> copies;

  void Say(Peer peer, wire::Reply reply) { words_.push_back({std::move(peer), std::move(reply)}); }

  // LAW: no receipt, lease or answer leaves before what it promises is on disk. The token is the
  // proof that it is.
  std::vector<Outbound> Release(store::Committed) && { return std::move(words_); }

 private:
  std::vector<Outbound> words_;
};

}  // namespace ecluse
