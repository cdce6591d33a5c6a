// SPDX-License-Identifier: Apache-2.0
// ecluse-story: plays February 2024 with real processes on loopback, and judges it by three books.
#include <absl/cleanup/cleanup.h>
#include <absl/time/clock.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "tests/support/patients/day.h"
#include "tests/support/story/interrupt.h"
#include "tests/support/story/story.h"
#include "tests/support/story/table.h"
#include "tests/support/story/today.h"

namespace ecluse::story {
namespace {

struct Wishes {
  std::string build;
  bool stay = false;
  bool no_mail = false;
  uint64_t seed = 2024;
  int kills = 1;
};

constexpr int kPractices = 6;
constexpr int kRequests = 420;

// The story's own program lies three folders below the build folder.
std::string BuildFolder() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return self.parent_path().parent_path().parent_path().parent_path().string();
}

absl::Status Play(Story& story, Progress& progress) {
  progress.Say("Every portal is closed; no date is known.");
  absl::Status status = story.ClosePortals();
  if (!status.ok()) return status;
  progress.Say(
      fmt::format("{} practices deposit {} requests, half of them one chain's. Some deposit "
                  "the bill at once,",
                  kPractices, kRequests));
  progress.Say("before the authorisation is granted.");
  status = story.MakeMistakes();
  if (!status.ok()) return status;
  status = story.Deposit();
  if (!status.ok()) return status;
  status = story.DemandPasswords();
  if (!status.ok()) return status;
  status = story.Announce();
  if (!status.ok()) return status;
  progress.Say(
      "All operators fail some calls, answer some late, and hang up on some after they have");
  progress.Say("accepted them.");
  return story.Drain();
}

int Tell(Story& story, World& world, Progress& progress, const Wishes& wishes) {
  progress.Say("Three books are compared: the practices', the broker's, the operators'.");
  const absl::StatusOr<Verdict> verdict = story.Judge();
  if (!verdict.ok()) {
    world.Keep();
    progress.Say("The books can't be read: " + std::string(verdict.status().message()));
    return 1;
  }
  progress.Say("\n" + Table(*verdict, story.clock()));
  for (const std::string& line : verdict->disagreements) progress.Say("  disagree: " + line);
  if (verdict->Good()) {
    progress.Say("The books agree; within cases nothing overtook, and nobody starved.");
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
  progress.Say("12 February 2024, played on this machine. The five operators are simulated, and");
  progress.Say("nobody in this story exists.");
  Interrupt interrupt;
  const auto practices = patients::MakePractices(kPractices);
  auto world = World::Make({.build = wishes.build.empty() ? BuildFolder() : wishes.build,
                            .stays = wishes.stay,
                            .mail = !wishes.no_mail,
                            .seed = wishes.seed,
                            .practices = practices});
  if (!world.ok()) return fail(world.status());
  interrupt.Serve([&] { (*world)->Abandon(); });
  const absl::Cleanup before_the_world_ends = [&] { interrupt.End(); };
  interrupt.StayIfCame();
  const auto requests = patients::MakeDay(
      {.seed = wishes.seed,
       .count = kRequests,
       .today = ParisDay(absl::Now()),
       .counters = CountersOf((*world)->players(), (*world)->why_no_mail().empty()),
       .chain = true},
      practices);
  if (!requests.ok()) return fail(requests.status());
  const std::string& why_no_mail = (*world)->why_no_mail();
  progress.Say(why_no_mail.empty()
                   ? "Bills to Viamedis and Almerys go as B2 by mail, through a real "
                     "Postfix and a real Dovecot."
                   : "Bills by mail are not played: " + why_no_mail + ".");
  absl::Status status = (*world)->Start();
  if (!status.ok()) return fail(status);
  if (wishes.stay) {
    progress.Say(fmt::format("To stop it at any time: sh {}/stop", (*world)->folder()));
  }
  Story story(**world, practices, *requests, progress, wishes.kills);
  status = Play(story, progress);
  interrupt.StayIfCame();
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
  app.add_flag("--no-mail", wishes.no_mail, "No bills by mail, as where no mail server can run");
  app.add_option("--seed", wishes.seed, "Other patients, other faults")->capture_default_str();
  app.add_option("--kills", wishes.kills,
                 "kill -9 so often: the broker in the deposits, adapters and broker by turns after")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app.add_option("--build", wishes.build, "Folder of the built programs; default: this one's");
  CLI11_PARSE(app, argc, argv);
  return ecluse::story::Run(wishes);
}
