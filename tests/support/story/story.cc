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
#include "tests/support/story/files.h"

namespace ecluse::story {
namespace {

constexpr absl::Duration kDrainWithin = absl::Seconds(110);
// What a killed adapter had begun is in doubt, and is probed before it goes on.
constexpr absl::Duration kMoreForEachKill = absl::Seconds(8);
constexpr absl::Duration kLookEvery = absl::Milliseconds(100);
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

std::string WhatFollowed(const std::vector<Notebook>& notebooks) {
  std::map<Kind, uint64_t> followed;
  uint64_t ahead = 0, returned = 0, asked = 0;
  for (const Notebook& notebook : notebooks) {
    for (const Note& note : notebook.notes) {
      ahead += note.ahead.value != 0;
      returned += note.returned;
      asked += note.asked;
      if (note.request->item.follows.value != 0) ++followed[note.request->item.kind];
    }
  }
  return fmt::format(
      "{} documents, {} bills and {} cancellations followed. Of the bills, {} were deposited "
      "before\n"
      "  their grant and took its number along; {} came back, for their authorisation was "
      "refused;\n"
      "  of {} the practice was asked.",
      followed[Kind::kDocument], followed[Kind::kBill], followed[Kind::kCancellation], ahead,
      returned, asked);
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
  return EachPractice([&](Practice& practice) { return practice.Deposit(receipts_, expected_); },
                      watch);
}

absl::Status Story::DemandPasswords() { return opening_->DemandPasswords(); }

absl::Status Story::Announce() { return opening_->Announce(absl::Now()); }

// The adapters one after another, and the broker between them.
Process& Story::NextVictim() {
  const size_t n = victims_++;
  if (n % 2 == 1) return world_.broker();
  return *world_.players()[n / 2 % world_.players().size()].adapter;
}

absl::Status Story::Drain() {
  const auto watch = [&] {
    DrainView view(progress_, opening_->clock(), opening_->overrun());
    const absl::Time until = absl::Now() + kDrainWithin + kills_ * kMoreForEachKill;
    absl::Status status;
    progress_.Begin();
    for (uint64_t heard = 0; status.ok() && absl::Now() < until;) {
      heard = answers_.WaitBeyond(heard, kLookEvery);
      if (answers_.Stopped()) status.Update(KillAt(answers_, NextVictim(), "answers"));
      const absl::StatusOr<wire::StatusReport> report = ops_->Status();
      status.Update(report.status());
      if (!report.ok()) break;
      status.Update(opening_->Look(*report, absl::Now()));
      if (view.Look(*report, heard, expected_) && opening_->Over()) break;
      const std::string casualties = world_.Casualties();
      if (!casualties.empty()) status.Update(absl::AbortedError(casualties));
    }
    gates_ = view.log();
    progress_.End();
    enough_ = true;
    answers_.ResumeForGood();
    return status;
  };
  return EachPractice(
      [&](Practice& practice) { return practice.Listen(answers_, expected_, enough_); }, watch);
}

std::vector<Notebook> Story::Notebooks() const {
  std::vector<Notebook> notebooks;
  for (const auto& practice : practices_) {
    notebooks.push_back({practice->who().id, practice->notes()});
  }
  return notebooks;
}

void Story::JudgeReopening(const Ledgers& ledgers, Verdict& verdict) const {
  std::map<Destination, uint32_t> ceilings;
  for (const Player& player : world_.players()) {
    for (const Destination& destination : PortalsOf(player)) ceilings[destination] = kCeiling;
  }
  const std::vector<Notebook> notebooks = Notebooks();
  for (const auto& complaints : {CheckCases(notebooks, ledgers), CheckCeilings(ledgers, ceilings),
                                 CheckPasswords(ledgers, opening_->rotation().late()),
                                 CheckReclosing(gates_, opening_->overrun())}) {
    for (const std::string& complaint : complaints) verdict.disagreements.push_back(complaint);
  }
  verdict.shares = SharesOf(notebooks, ledgers, opening_->NotLetIn());
  verdict.reclosed = TimesReclosed(gates_, opening_->overrun());
}

absl::StatusOr<Verdict> Story::Judge() {
  if (opening_ == nullptr) return absl::FailedPreconditionError("the broker was never reached");
  const absl::StatusOr<std::vector<wire::ListRow>> rows = ops_->ListAll();
  if (!rows.ok()) return rows.status();
  const absl::StatusOr<Ledgers> ledgers = world_.Ledgers();
  if (!ledgers.ok()) return ledgers.status();
  const std::vector<Notebook> notebooks = Notebooks();
  Verdict verdict = Compare(notebooks, *rows, *ledgers);
  JudgeReopening(*ledgers, verdict);
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
  progress_.Say("  " + WhatFollowed(notebooks));
  int adapters = 0;
  for (const Player& player : world_.players()) adapters += player.adapter->kills();
  progress_.Say(fmt::format("  Survived: {} kill -9 of the broker, {} of adapters.",
                            world_.broker().kills(), adapters));
  return verdict;
}

}  // namespace ecluse::story
