// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/backup.h"

#include "tests/sim/world.h"

namespace ecluse::sim {

void Backup::Start() {
  if (!world_.Roll(world_.story.restores)) return;
  const absl::Duration most = world_.story.faults_end / 2;
  world_.clock.After(world_.random.Between(absl::ZeroDuration(), most), [this] { Make(); });
}

void Backup::Make() {
  world_.trace.Tell({}, [] { return std::string("a backup is made"); });
  world_.host.Backup();
  world_.checker.BackedUp(world_.host.store());
  const absl::Duration most = world_.story.faults_end / 3;
  world_.clock.After(world_.random.Between(absl::Seconds(1), most), [this] { Restore(); });
}

void Backup::Restore() {
  if (world_.quiet) return;
  world_.trace.Tell({}, [] { return std::string("the disk is lost, and the backup restored"); });
  world_.restored = true;
  world_.host.Restore(++epoch_);
  world_.checker.Restored(epoch_);
  for (const auto& practice : world_.practices) practice->BrokerWasRestored();
  // Ops ask for what comes by itself once more.
  for (const auto& [destination, op] : world_.operators) op->SayAgain();
}

}  // namespace ecluse::sim
