// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proto/names.h"

namespace ecluse::sim {

struct World;

// A live copy of the store is made at some moment; some time later the disk is lost, and the broker
// comes back from the copy. Everybody outside remembers more than it does.
class Backup {
 public:
  explicit Backup(World& world) : world_(world) {}

  void Start();

 private:
  void Make();
  void Restore();

  World& world_;
  StoreEpoch epoch_ = 0;
};

}  // namespace ecluse::sim
