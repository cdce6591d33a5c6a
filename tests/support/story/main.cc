// SPDX-License-Identifier: Apache-2.0
// ecluse-story: plays February 2024 with real processes on loopback, and judges it by three books.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "tests/support/story/story.h"
#include "tests/support/story/table.h"

namespace ecluse::story {
namespace {

struct Wishes {
  std::string build;
  bool stay = false;
  uint64_t seed = 2024;
  int kills = 1;
};

constexpr int kPractices = 5;
constexpr int kRequests = 500;

// The story's own program lies three folders below the build folder.
std::string BuildFolder() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return self.parent_path().parent_path().parent_path().parent_path().string();
}

absl::Status Play(Story& story, Progress& progress) {
  progress.Say("The operator's portal is closed; no date is known.");
  absl::Status status = story.ClosePortal();
  if (!status.ok()) return status;
  progress.Say(fmt::format("{} practices deposit {} requests: authorisations, and bills in B2.",
                           kPractices, kRequests));
  status = story.Deposit();
  if (!status.ok()) return status;
  status = story.Announce();
  if (!status.ok()) return status;
  progress.Say("The portal is open. It fails some calls, answers some late, and hangs up on some");
  progress.Say("after it has accepted them.");
  return story.Drain();
}

int Tell(Story& story, World& world, Progress& progress, const Wishes& wishes) {
  progress.Say("Three books are compared: the practices', the broker's, the operator's.");
  const absl::StatusOr<Verdict> verdict = story.Judge();
  if (!verdict.ok()) {
    world.Keep();
    progress.Say("The books can't be read: " + std::string(verdict.status().message()));
    return 1;
  }
  progress.Say("\n" + Table(*verdict));
  for (const std::string& line : verdict->disagreements) progress.Say("  disagree: " + line);
  if (verdict->Good()) {
    progress.Say("The books agree.");
  } else {
    world.Keep();
    progress.Say(fmt::format("The books do NOT agree; logs and ledger are in {}", world.folder()));
  }
  if (wishes.stay) progress.Say(world.Hints().value_or("No sample could be written."));
  progress.Say(LastLine(*verdict));
  return verdict->Good() ? 0 : 1;
}

int Run(const Wishes& wishes) {
  Progress progress(isatty(STDOUT_FILENO) != 0);
  const auto fail = [&](const absl::Status& status) {
    progress.Say("The story can't go on: " + std::string(status.message()));
    return 1;
  };
  progress.Say("February 2024, played on this machine. \"viamedis\" is a simulated operator, and");
  progress.Say("nobody in this story exists.");
  const auto practices = patients::MakePractices(kPractices);
  const patients::Plan plan = {
      .seed = wishes.seed, .count = kRequests, .run_by = kOperator, .documents = 5};
  const auto requests = patients::MakeRequests(plan, practices);
  if (!requests.ok()) return fail(requests.status());
  auto world = World::Make({.build = wishes.build.empty() ? BuildFolder() : wishes.build,
                            .stays = wishes.stay,
                            .seed = wishes.seed,
                            .practices = practices});
  if (!world.ok()) return fail(world.status());
  absl::Status status = (*world)->Start();
  if (!status.ok()) return fail(status);
  if (wishes.stay) {
    progress.Say(fmt::format("To stop it at any time: sh {}/stop", (*world)->folder()));
  }
  Story story(**world, practices, *requests, progress, wishes.kills);
  status = Play(story, progress);
  if (!status.ok()) {
    (*world)->Keep();
    fail(status);
    progress.Say((*world)->Casualties());
    progress.Say(fmt::format("Logs and ledger are in {}", (*world)->folder()));
    // What can still be judged is judged: the last line is for machines.
  }
  const int judged = Tell(story, **world, progress, wishes);
  return status.ok() ? judged : 1;
}

}  // namespace
}  // namespace ecluse::story

int main(int argc, char** argv) {
  CLI::App app("Plays February 2024 with real processes on this machine's loopback");
  ecluse::story::Wishes wishes;
  app.add_flag("--stay", wishes.stay, "Leave everything running and say what to try");
  app.add_option("--seed", wishes.seed, "Other patients, other faults")->capture_default_str();
  app.add_option("--kills", wishes.kills,
                 "kill -9 so often: the broker in the deposits, adapter and broker by turns after")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app.add_option("--build", wishes.build, "Folder of the built programs; default: this one's");
  CLI11_PARSE(app, argc, argv);
  return ecluse::story::Run(wishes);
}
