// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>

#include <atomic>
#include <memory>

#include "broker/core/step.h"

namespace ecluse {

// Bytes of replies that wait for peers to read them, so that a peer that asks much and reads
// nothing is refused before it costs the others their memory.
class Unread {
 public:
  // The bytes of one message, in the peer's account and in that of all, until it is destroyed.
  // Destroyed by ZeroMQ's thread: the accounts are atomic and outlive everybody.
  class Claim {
   public:
    ~Claim();
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

   private:
    friend class Unread;
    using Account = std::shared_ptr<std::atomic<size_t>>;
    Claim(Account peer, Account all, size_t bytes);

    Account peer_;
    Account all_;
    size_t bytes_;
  };

  // nullptr: over limits::kUnreadByPeer or limits::kUnreadByAll.
  std::shared_ptr<Claim> Add(const Peer& peer, size_t bytes);

 private:
  void Prune();

  Claim::Account all_ = std::make_shared<std::atomic<size_t>>(0);
  absl::flat_hash_map<Peer, Claim::Account> by_peer_;
  size_t prune_at_ = 1024;
};

}  // namespace ecluse
