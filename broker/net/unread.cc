// SPDX-License-Identifier: Apache-2.0
#include "broker/net/unread.h"

#include <algorithm>
#include <utility>

#include "proto/limits.h"

namespace ecluse {

Unread::Claim::Claim(Account peer, Account all, size_t bytes)
    : peer_(std::move(peer)), all_(std::move(all)), bytes_(bytes) {
  *peer_ += bytes_;
  *all_ += bytes_;
}

Unread::Claim::~Claim() {
  *peer_ -= bytes_;
  *all_ -= bytes_;
}

std::shared_ptr<Unread::Claim> Unread::Add(const Peer& peer, size_t bytes) {
  if (by_peer_.size() >= prune_at_) Prune();
  Claim::Account& account = by_peer_[peer];
  if (account == nullptr) account = std::make_shared<std::atomic<size_t>>(0);
  // A peer that owes nothing gets any reply, whatever its size.
  const bool owes = *account > 0;
  if (owes && *account + bytes > limits::kUnreadByPeer) return nullptr;
  if (*all_ + bytes > limits::kUnreadByAll) return nullptr;
  return std::shared_ptr<Claim>(new Claim(account, all_, bytes));
}

void Unread::Prune() {
  absl::erase_if(by_peer_, [](const auto& entry) { return *entry.second == 0; });
  prune_at_ = std::max<size_t>(1024, by_peer_.size() * 2);
}

}  // namespace ecluse
