// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/story.h"

#include <absl/time/clock.h>
#include <fmt/format.h>

#include <thread>

#include "tests/support/story/canary.h"
#include "tests/support/story/drain.h"

namespace ecluse::story {
namespace {

constexpr absl::Duration kUntilTheHour = absl::Seconds(4);
constexpr absl::Duration kDrainWithin = absl::Seconds(80);
// What a killed adapter had begun is in doubt, and is probed before it goes on.
constexpr absl::Duration kMoreForEachKill = absl::Seconds(8);
// Every tenth request of a practice is deposited a second time.
constexpr size_t kAgain = 10;

// One kill falls at two fifths of the way; more are spread over it.
std::deque<uint64_t> KillsAt(uint64_t requests, int kills) {
  if (kills == 1) return {requests * 2 / 5};
  std::deque<uint64_t> at;
  for (int i = 1; i <= kills; ++i) {
    at.push_back(requests * static_cast<uint64_t>(i) / static_cast<uint64_t>(kills + 1));
  }
  return at;
}

}  // namespace

Story::Story(World& world, const std::vector<patients::Practice>& practices,
             const std::vector<patients::Request>& requests, Progress& progress, int kills)
    : world_(world), progress_(progress), deposited_(requests.size()), kills_(kills) {
  for (size_t i = 0; i < practices.size(); ++i) {
    practices_.push_back(std::make_unique<Practice>(practices[i], world_.PracticeLink(i)));
  }
  for (size_t i = 0; i < requests.size(); ++i) {
    practices_.at(requests[i].practice)
        ->WillDeposit(requests[i], i / practices.size() % kAgain == 3);
  }
  receipts_.StopAt(KillsAt(deposited_, kills_));
  answers_.StopAt(KillsAt(deposited_, kills_));
}

absl::Status Story::KillAt(Tally& tally, Process& process, const std::string& counted) {
  progress_.Say(fmt::format("  kill -9 of the {} (process {}) after {} {}; started again at once.",
                            process.name(), process.pid(), tally.Count(), counted));
  const absl::Status status = world_.KillAndRestart(process);
  tally.Resume();
  return status;
}

absl::Status Story::EachPractice(const std::function<absl::Status(Practice&)>& act,
                                 const std::function<absl::Status()>& meanwhile) {
  std::vector<absl::Status> results(practices_.size());
  std::vector<std::thread> threads;
  acting_ = practices_.size();
  for (size_t i = 0; i < practices_.size(); ++i) {
    threads.emplace_back([&, i] {
      results[i] = act(*practices_[i]);
      --acting_;
    });
  }
  absl::Status status = meanwhile();
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& result : results) status.Update(result);
  return status;
}

absl::Status Story::ClosePortal() {
  absl::StatusOr<Ops> ops = Ops::Connect(world_.OpsLink());
  if (!ops.ok()) return ops.status();
  ops_ = std::make_unique<Ops>(*std::move(ops));
  for (const Destination& destination : {kAuthorisation, kBilling}) {
    const absl::Status status =
        ops_->Close(destination, "cyberattack: the portal is closed, no date known", std::nullopt);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Story::Deposit() {
  const auto watch = [&]() -> absl::Status {
    absl::Status status;
    progress_.Begin();
    for (uint64_t heard = 0; acting_ > 0 && heard < deposited_;) {
      heard = receipts_.WaitBeyond(heard, absl::Milliseconds(100));
      progress_.Show(heard, deposited_, "receipts");
      if (receipts_.Stopped()) status.Update(KillAt(receipts_, world_.broker(), "receipts"));
    }
    progress_.End();
    return status;
  };
  return EachPractice([&](Practice& practice) { return practice.Deposit(receipts_); }, watch);
}

absl::Status Story::Announce() {
  const absl::Time hour = absl::Now() + kUntilTheHour;
  for (const Destination& destination : {kAuthorisation, kBilling}) {
    const absl::Status status = ops_->Close(destination, "reopening announced", hour);
    if (!status.ok()) return status;
  }
  progress_.Say(fmt::format("The operator announces its reopening at {}.",
                            absl::FormatTime("%H:%M:%S", hour, absl::LocalTimeZone())));
  absl::SleepFor(hour - absl::Milliseconds(500) - absl::Now());
  return world_.OpenPortal();
}

absl::Status Story::Drain() {
  const auto watch = [&] {
    DrainView view(*ops_, progress_, deposited_);
    const absl::Time until = absl::Now() + kDrainWithin + kills_ * kMoreForEachKill;
    bool adapter_next = true;
    absl::Status status;
    progress_.Begin();
    for (uint64_t heard = 0; status.ok() && absl::Now() < until;) {
      heard = answers_.WaitBeyond(heard, absl::Milliseconds(100));
      if (answers_.Stopped()) {
        Process& next = adapter_next ? world_.adapter() : world_.broker();
        status.Update(KillAt(answers_, next, "answers"));
        adapter_next = !adapter_next;
      }
      const absl::StatusOr<bool> ended = view.Look(heard);
      status.Update(ended.status());
      if (ended.ok() && *ended) break;
      const std::string casualties = world_.Casualties();
      if (!casualties.empty()) status.Update(absl::AbortedError(casualties));
    }
    progress_.End();
    enough_ = true;
    answers_.ResumeForGood();
    return status;
  };
  return EachPractice([&](Practice& practice) { return practice.Listen(answers_, enough_); },
                      watch);
}

absl::StatusOr<Verdict> Story::Judge() {
  const absl::StatusOr<std::vector<wire::ListRow>> rows = ops_->ListAll();
  if (!rows.ok()) return rows.status();
  const absl::StatusOr<Witness> witness = ReadLedger(world_.LedgerPath());
  if (!witness.ok()) return witness.status();
  std::vector<const Practice*> practices;
  for (const auto& practice : practices_) practices.push_back(practice.get());
  Verdict verdict = Compare(practices, *rows, *witness);
  std::vector<wire::ShowResult> requests;
  for (const wire::ListRow& row : *rows) {
    absl::StatusOr<wire::ShowResult> shown = ops_->Show(row.status.number);
    if (!shown.ok()) return shown.status();
    requests.push_back(*std::move(shown));
  }
  const Trail trail = ReadTrail(requests);
  for (const std::string& complaint : trail.complaints) verdict.disagreements.push_back(complaint);
  progress_.Say(fmt::format(
      "  {} tries for {} requests; {} were in doubt on the way, and the operator was asked first.",
      trail.tries, rows->size(), trail.doubted));
  progress_.Say(fmt::format("  Survived: {} kill -9 of the broker, {} of the adapter.",
                            world_.broker().kills(), world_.adapter().kills()));
  return verdict;
}

}  // namespace ecluse::story
