// SPDX-License-Identifier: Apache-2.0
// ecluse-crash: kills broker and adapters under load, and compares the books at the end.
#include <absl/time/clock.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <random>
#include <thread>

#include "tests/crash/practice.h"
#include "tests/crash/reaper.h"
#include "tests/support/command_line.h"
#include "tests/support/programs/ops.h"
#include "tests/support/story/books.h"

namespace ecluse::crash {
namespace {

constexpr int kPractices = 6;
constexpr int kFailed = 1, kNotPlayed = 2;

struct Wishes {
  std::string build;
  uint64_t kills = 100;
  uint64_t seed = 0;  // 0: a new one
  std::string lie;
  std::string must;  // what the books must find: "lost" or "doubled"; empty: nothing at all
};

// Short waits, so that what a kill leaves behind is over in seconds. The operators hang up now and
// then, too.
story::Manners ShortWaits() {
  story::Manners manners;
  manners.faults = "drop-before=1,drop-after=2,late=3,late-ms=500";
  manners.shares = "refused=10,other-amount=5,unusable=2,pending=10";
  manners.decide_millis = "700";
  manners.closed = false;
  manners.waits = "connect_timeout = \"1s\"\ntotal_timeout = \"1s\"\n";
  manners.policy = R"(lease = "1s"
silence = "2s"
settle = "200ms"
probe_every = "1s"
probes = 10000
ask_every = "500ms"
ask_most = "1s"
strikes = 10000
retry_first = "1s"
retry_most = "1s"
in_flight = 64
in_flight_least = 16
rate_most = 0
rate_least = 0
dead_cohorts = 100
mix_points = 0
probes_at_once = 32
)";
  return manners;
}

// The program itself lies two folders below the build folder.
std::string BuildFolder() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return self.parent_path().parent_path().parent_path().string();
}

// Six practices on their threads, and what they have heard.
class Practices {
 public:
  Practices(story::World& world, const std::vector<patients::Practice>& who, uint64_t seed) {
    const auto counters = story::CountersOf(world.players(), false);
    for (size_t i = 0; i < who.size(); ++i) {
      all_.push_back(std::make_unique<Practice>(who[i], world.PracticeLink(i), counters,
                                                (seed << 32) + (i << 24)));
    }
    for (const auto& practice : all_) {
      threads_.emplace_back([this, p = practice.get()] {
        const absl::Status status = p->Run(receipts_, answers_, closing_);
        if (status.ok()) return;
        const std::lock_guard lock(mutex_);
        status_.Update(status);
      });
    }
  }
  ~Practices() { Join(); }

  absl::Status status() const {
    const std::lock_guard lock(mutex_);
    return status_;
  }
  // Lets what is under way come to its end, as long as something comes within `patience`.
  void Finish(absl::Duration patience) {
    closing_.enough = true;
    while (status().ok() && answers_.Count() < receipts_.Count()) {
      const uint64_t before = answers_.Count();
      if (answers_.WaitBeyond(before, patience) == before) break;
    }
    Join();
  }
  std::vector<story::Notebook> Notebooks() {
    std::vector<story::Notebook> notebooks;
    for (const auto& practice : all_) notebooks.push_back(practice->TakeNotebook());
    return notebooks;
  }
  Reaper::Progress progress() const { return {receipts_, answers_}; }

 private:
  void Join() {
    closing_.enough = true;
    closing_.give_up = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  std::vector<std::unique_ptr<Practice>> all_;
  std::vector<std::thread> threads_;
  story::Tally receipts_, answers_;
  Closing closing_;
  mutable std::mutex mutex_;
  absl::Status status_;  // the first that was not well
};

absl::Status KillThem(const Wishes& wishes, Reaper& reaper, const Practices& practices) {
  constexpr uint64_t kTellEvery = 100;
  const absl::Time start = absl::Now();
  uint64_t told = 0;
  while (reaper.kills() < wishes.kills) {
    absl::Status status = reaper.Deal(wishes.lie.empty() ? nullptr : FindLie(wishes.lie));
    status.Update(practices.status());
    if (!status.ok()) return status;
    if (reaper.kills() / kTellEvery == told) continue;
    told = reaper.kills() / kTellEvery;
    fmt::print("{:6} kills, {:8} receipts, {:8} answers, {:5.0f} s\n", reaper.kills(),
               practices.progress().receipts.Count(), practices.progress().answers.Count(),
               absl::ToDoubleSeconds(absl::Now() - start));
    std::fflush(stdout);
  }
  return reaper.Look();
}

absl::Status VerifyStore(const Wishes& wishes, const story::World& world) {
  Process verify({.name = "verify",
                  .program = wishes.build + "/broker/ctl/eclusectl",
                  .arguments = {"verify", "--master-key", world.folder() + "/master.key",
                                world.folder() + "/store"},
                  .log = world.folder() + "/verify.log"});
  const absl::Status status = verify.Start();
  if (!status.ok()) return status;
  if (!verify.Wait(absl::Minutes(10))) return absl::DeadlineExceededError("verify takes too long");
  if (verify.ended() == 0) return absl::OkStatus();
  return absl::DataLossError("verify finds the store wrong:\n" + verify.LogTail());
}

absl::StatusOr<story::Verdict> Judge(story::World& world, Practices& practices) {
  auto ops = programs::Ops::Connect(world.OpsLink());
  if (!ops.ok()) return ops.status();
  const auto rows = ops->ListAll();
  if (!rows.ok()) return rows.status();
  const auto ledgers = world.Ledgers();
  if (!ledgers.ok()) return ledgers.status();
  return story::Compare(practices.Notebooks(), *rows, *ledgers);
}

// What never came to its end was promised and not kept.
uint64_t Lost(const story::Line& total) { return total.lost + total.unfinished; }

bool IsAsItMustBe(const Wishes& wishes, const story::Verdict& verdict) {
  if (wishes.must == "lost") return verdict.total.lost > 0;
  if (wishes.must == "doubled") return verdict.total.duplicated > 0;
  // Where nothing was taken there was nothing to lose.
  return verdict.total.accepted_once > 0 && verdict.disagreements.empty() &&
         Lost(verdict.total) == 0 && verdict.total.duplicated == 0 && verdict.total.in_doubt == 0;
}

void Print(const Wishes& wishes, const Reaper& reaper, const story::Verdict& verdict) {
  constexpr size_t kMostLines = 20;
  for (size_t i = 0; i < std::min(kMostLines, verdict.disagreements.size()); ++i) {
    fmt::print("  disagree: {}\n", verdict.disagreements[i]);
  }
  for (const auto& [name, kills] : reaper.by_blow()) fmt::print("  {:22} {:6}\n", name, kills);
  const story::Line& all = verdict.total;
  fmt::print("crash: kills={} deposits={} deliveries={} lost={} doubled={} in_doubt={} seed={}\n",
             reaper.kills(), all.receipts, all.accepted_once + all.duplicated, Lost(all),
             all.duplicated, all.in_doubt, wishes.seed);
}

int Fail(story::World* world, const absl::Status& status) {
  fmt::print("crash: {}\n", std::string(status.message()));
  if (world == nullptr) return kNotPlayed;
  world->Keep();
  fmt::print("crash: logs, ledgers and store are in {}\n", world->folder());
  return kNotPlayed;
}

int Run(const Wishes& wishes) {
  const auto people = patients::MakePractices(kPractices);
  auto world = story::World::Make({.build = wishes.build,
                                   .mail = false,
                                   .seed = wishes.seed,
                                   .practices = people,
                                   .operators = {"carte-blanche", "oxantis"},
                                   .manners = ShortWaits()});
  if (!world.ok()) return Fail(nullptr, world.status());
  const auto orders = MapOrders((*world)->folder() + "/orders");
  if (!orders.ok()) return Fail(world->get(), orders.status());
  absl::Status status = (*world)->Start();
  if (!status.ok()) return Fail(world->get(), status);
  Practices practices(**world, people, wishes.seed);
  Reaper reaper(**world, wishes.build, **orders, practices.progress(), wishes.seed);
  status = KillThem(wishes, reaper, practices);
  if (!status.ok()) return Fail(world->get(), status);
  practices.Finish(wishes.lie.empty() ? absl::Seconds(60) : absl::Seconds(10));
  status = practices.status();
  if (status.ok() && wishes.lie.empty()) status = reaper.Look();
  if (!status.ok()) return Fail(world->get(), status);
  const auto verdict = Judge(**world, practices);
  if (!verdict.ok()) return Fail(world->get(), verdict.status());
  reaper.broker().Stop(absl::Seconds(10));
  if (wishes.must.empty()) status = VerifyStore(wishes, **world);
  Print(wishes, reaper, *verdict);
  if (!status.ok()) return Fail(world->get(), status);
  if (IsAsItMustBe(wishes, *verdict)) return 0;
  (*world)->Keep();
  fmt::print("crash: logs, ledgers and store are in {}\n", (*world)->folder());
  return kFailed;
}

}  // namespace
}  // namespace ecluse::crash

int main(int argc, char** argv) {
  CLI::App app("Kills broker and adapters under load, and compares the books at the end");
  ecluse::crash::Wishes wishes;
  app.add_option("--kills", wishes.kills, "so many at least")->check(ecluse::Whole(1, 1'000'000));
  app.add_option("--seed", wishes.seed, "the same contents and the same blows; the instants vary")
      ->check(ecluse::Whole(0, UINT32_MAX));
  app.add_option("--build", wishes.build, "folder of the built programs");
  app.add_option("--lie", wishes.lie, "a planted fault: words-before-commit or marks-left-out");
  app.add_option("--must", wishes.must, "succeed if this was found: lost or doubled")
      ->check(CLI::IsMember({"lost", "doubled"}));
  if (const auto end = ecluse::ReadWords(app, argc, argv)) return *end;
  if (!wishes.lie.empty() && ecluse::crash::FindLie(wishes.lie) == nullptr) {
    fmt::print(stderr, "crash: there is no lie {}\n", wishes.lie);
    return ecluse::crash::kNotPlayed;
  }
  if (wishes.build.empty()) wishes.build = ecluse::crash::BuildFolder();
  if (wishes.seed == 0) wishes.seed = std::random_device{}();
  return ecluse::crash::Run(wishes);
}
