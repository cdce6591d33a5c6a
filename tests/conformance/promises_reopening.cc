// SPDX-License-Identifier: Apache-2.0
// What an adapter owes a broker that was restored, that rehearses a reopening, or that it leaves.
// The broker of these plays is a script.
#include <fmt/format.h>

#include "tests/conformance/promises.h"

namespace ecluse::conformance {
namespace {

constexpr uint64_t kPullsToSee = 3;

// Gives it and waits until the adapter told what came of it.
void Carry(Play& play, const wire::Task& task, StoreEpoch epoch) {
  if (!play.ok()) return;
  play.script().Give({{task}, epoch});
  play.Until(fmt::format("it carries {} of epoch {}", NameOf(task.envelope.id), epoch), [&] {
    const auto begun = play.script().BegunWith(task.envelope.id);
    play.Must(!begun || *begun == epoch,
              fmt::format("work of epoch {} was begun with epoch {}", epoch, begun.value_or(0)));
    return play.script().Reported(task.envelope.id);
  });
}

// Whatever it does with the work that it has, it has done when it asked for more several times.
void UntilItAskedAgain(Play& play) {
  if (!play.ok()) return;
  const uint64_t before = play.script().Pulls();
  play.Until("it asks for more work",
             [&] { return play.script().Pulls() >= before + kPullsToSee; });
}

}  // namespace

Finding Epochs(Play& play) {
  play.StartAdapter();
  Carry(play, play.MakeTask(wire::Task::What::kDeliver), 7);
  const wire::Task old = play.MakeTask(wire::Task::What::kDeliver);
  if (play.ok()) play.script().Give({{old}, 6});
  UntilItAskedAgain(play);
  Carry(play, play.MakeTask(wire::Task::What::kDeliver), 8);
  if (play.ok()) {
    play.Must(!play.script().BegunWith(old.envelope.id),
              "it began work of epoch 6 after it had heard of epoch 7");
  }
  play.Must(play.Accepted(old.envelope.id).empty(),
            "the operator got work of epoch 6 after the adapter had heard of epoch 7");
  return play.End("work of a greater epoch was begun with it, work of a smaller one left alone");
}

Finding DryRun(Play& play) {
  play.StartAdapter();
  Carry(play, play.MakeTask(wire::Task::What::kDeliver), 1);
  const wire::Task dry = play.MakeTask(wire::Task::What::kDryRun);
  const RequestId id = dry.envelope.id;
  if (play.ok()) play.script().Give({{dry}, 1});
  play.Until("it tells what the dry run found", [&] { return play.script().Checked(id, dry.job); });
  Carry(play, play.MakeTask(wire::Task::What::kDeliver), 1);
  if (play.ok()) play.Must(!play.script().BegunWith(id), "it began what was to be run dry");
  play.Must(play.Accepted(id).empty(), "the operator got what was to be run dry");
  return play.End("what was to be run dry was checked, and the operator never had it");
}

Finding Leaves(Play& play) {
  play.StartAdapter();
  Carry(play, play.MakeTask(wire::Task::What::kDeliver), 1);
  UntilItAskedAgain(play);
  const int code = play.StopAdapter();
  play.Must(code == 0, fmt::format("it ended with {} instead of 0", code));
  if (play.ok()) {
    play.Must(play.script().Left(), "it stopped without a word: its pull and its leases stay");
  }
  return play.End("it said that it leaves, and asked for nothing after that");
}

}  // namespace ecluse::conformance
