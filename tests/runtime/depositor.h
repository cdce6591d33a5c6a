// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "broker/net/keys.h"
#include "proto/wire.h"

namespace ecluse {

// A broker's folder with all that it needs to start, and its one practice, which deposits.
class Depositor {
 public:
  // Writes keys, peers and configuration; the store is `store` in the folder.
  Depositor(std::string folder, const std::string& store);

  // What comes back of one deposit; nothing within the patience: an error without a code.
  std::variant<wire::Receipt, Error> Deposit(const std::string& reference, std::string content,
                                             std::chrono::seconds patience) const;
  // Repeats as practice software does, for a while; no number: it was never taken.
  wire::Receipt DepositTillTaken(const std::string& reference, const std::string& content) const;

 private:
  std::string Path(const std::string& name) const { return folder_ + "/" + name; }

  const std::string folder_;
  const KeyPair practice_ = *MakeKeyPair();
  const KeyPair broker_ = *MakeKeyPair();
};

}  // namespace ecluse
