// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/story.h"

#include <absl/time/clock.h>
#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <thread>

#include "proto/content/texts.h"
#include "tests/support/story/canary.h"
#include "tests/support/story/drain.h"

namespace ecluse::story {
namespace {

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

// What goes by mail goes on while portals are closed.
std::set<Destination> NeverClosed(const std::vector<Player>& players) {
  std::set<Destination> all;
  for (const Player& player : players) {
    for (const auto& service : player.profile.services) {
      if (ByMail(service)) all.insert({player.id(), service.name});
    }
  }
  return all;
}

std::string WhatFollowed(const std::vector<const Practice*>& practices) {
  std::map<Kind, uint64_t> followed;
  for (const Practice* practice : practices) {
    for (const Note& note : practice->notes()) {
      if (note.request->item.follows.value != 0) ++followed[note.request->item.kind];
    }
  }
  return fmt::format("Answers made practices deposit {} documents, {} bills and {} cancellations.",
                     followed[Kind::kDocument], followed[Kind::kBill],
                     followed[Kind::kCancellation]);
}

}  // namespace

Story::Story(World& world, const std::vector<patients::Practice>& practices,
             const std::vector<patients::Request>& requests, Progress& progress, int kills)
    : world_(world),
      progress_(progress),
      people_(practices),
      deposited_(requests.size()),
      expected_(requests.size()),
      kills_(kills) {
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

absl::Status Story::ClosePortals() {
  absl::StatusOr<Ops> ops = Ops::Connect(world_.OpsLink());
  if (!ops.ok()) return ops.status();
  ops_ = std::make_unique<Ops>(*std::move(ops));
  opening_ = std::make_unique<Opening>(world_, *ops_, progress_, people_);
  return opening_->CloseAll();
}

absl::Status Story::MakeMistakes() {
  const auto problems = practices_.front()->DepositWithMistakes({"almerys"});
  if (!problems.ok()) return problems.status();
  progress_.Say(fmt::format("  {} hurries: its deposit is refused, with all that is wrong at once:",
                            practices_.front()->who().id.text));
  for (const Problem& problem : *problems) {
    progress_.Say("    " + content::Sentence(problem, Language::kEnglish));
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

absl::Status Story::Announce() { return opening_->Announce(absl::Now()); }

// The adapters one after another, and the broker between them.
Process& Story::NextVictim() {
  const size_t n = victims_++;
  if (n % 2 == 1) return world_.broker();
  return *world_.players()[n / 2 % world_.players().size()].adapter;
}

absl::Status Story::Drain() {
  const auto watch = [&] {
    DrainView view(*ops_, progress_);
    const absl::Time until = absl::Now() + kDrainWithin + kills_ * kMoreForEachKill;
    absl::Status status;
    progress_.Begin();
    for (uint64_t heard = 0; status.ok() && absl::Now() < until;) {
      heard = answers_.WaitBeyond(heard, absl::Milliseconds(100));
      if (answers_.Stopped()) status.Update(KillAt(answers_, NextVictim(), "answers"));
      status.Update(opening_->Look(absl::Now()));
      const absl::StatusOr<bool> ended = view.Look(heard, expected_);
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
  return EachPractice(
      [&](Practice& practice) { return practice.Listen(answers_, expected_, enough_); }, watch);
}

absl::StatusOr<Verdict> Story::Judge() {
  const absl::StatusOr<std::vector<wire::ListRow>> rows = ops_->ListAll();
  if (!rows.ok()) return rows.status();
  const absl::StatusOr<Ledgers> ledgers = world_.Ledgers();
  if (!ledgers.ok()) return ledgers.status();
  std::vector<const Practice*> practices;
  for (const auto& practice : practices_) practices.push_back(practice.get());
  Verdict verdict = Compare(practices, *rows, *ledgers);
  std::vector<wire::ShowResult> requests;
  for (const wire::ListRow& row : *rows) {
    absl::StatusOr<wire::ShowResult> shown = ops_->Show(row.status.number);
    if (!shown.ok()) return shown.status();
    requests.push_back(*std::move(shown));
  }
  const Trail trail = ReadTrail(requests, NeverClosed(world_.players()));
  for (const std::string& complaint : trail.complaints) verdict.disagreements.push_back(complaint);
  progress_.Say(fmt::format(
      "  {} tries for {} requests; {} were in doubt on the way, and its operator was asked first.",
      trail.tries, rows->size(), trail.doubted));
  progress_.Say("  " + WhatFollowed(practices));
  int adapters = 0;
  for (const Player& player : world_.players()) adapters += player.adapter->kills();
  progress_.Say(fmt::format("  Survived: {} kill -9 of the broker, {} of adapters.",
                            world_.broker().kills(), adapters));
  return verdict;
}

}  // namespace ecluse::story
