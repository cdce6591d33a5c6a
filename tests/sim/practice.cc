// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/practice.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tests/sim/world.h"

namespace ecluse::sim {
namespace {

// Every operator has this service.
const Destination kAnyOperator{kByCard, {"authorisation"}};

wire::Deposit::Item DrawItem(World& world, const identity::Practice& who, int number) {
  auto at = world.story.policies.begin();
  std::advance(at, world.random.Below(world.story.policies.size()));
  wire::Deposit::Item item;
  item.destination = at->first;
  if (world.Roll(world.story.cards)) {
    item.destination = kAnyOperator;
    const std::string& insurer = kInsurers[world.random.Below(kInsurers.size())];
    item.card = Card{insurer, "SP", "", "optics", absl::CivilDay(2024, 1, 31)};
  }
  item.finess = who.finess.front();
  item.reference = fmt::format("ref-{}", number);
  item.kind = world.Roll(0.5) ? Kind::kAuthorisation : Kind::kBill;
  item.format = "application/x-test";
  const char* const likes[] = {"content", "content", "content", "odd", "novel"};
  item.content = fmt::format("{} {} of {}: {}", likes[world.random.Below(5)], number, who.id.text,
                             world.random.Below(1000));
  return item;
}

}  // namespace

Practice::Practice(World& world, identity::Practice who)
    : world_(world), who_(std::move(who)), caller_(world.NewCaller(who_.id.text, who_)) {
  for (int i = 1; i <= world.story.requests; ++i) {
    wanted_.push_back({DrawItem(world, who_, i), std::nullopt});
  }
}

void Practice::Start() { ActLater(); }

std::string Practice::WaitsFor() const {
  for (const Wanted& wanted : wanted_) {
    const std::string what = fmt::format("{} of {}", wanted.item.reference, who_.id.text);
    if (!wanted.receipt) return "the receipt for " + what;
    if (!ended_.contains(*wanted.receipt)) return "the end of " + what;
  }
  return "";
}

void Practice::ActLater() {
  const absl::Duration most = world_.quiet ? absl::Seconds(20) : absl::Minutes(2);
  world_.clock.After(world_.random.Between(absl::Seconds(1), most), [this] {
    Act();
    ActLater();
  });
}

void Practice::Act() {
  ReadInbox();
  if (world_.quiet) return deposited_ < wanted_.size() ? DepositNext() : AskStatus();
  switch (world_.random.Below(10)) {
    case 0:
    case 1:
    case 2:
      return DepositNext();
    case 3:
      return DepositAgain();
    case 4:
      return DepositOtherContent();
    case 5:
    case 6:
      return AskStatus();
    case 7:
      return SayConfirmed(Receipts());
    case 8:
      if (deposited_ > 0 && world_.Roll(0.3)) SayElsewhere(AnyReceipt());
      return;
    default:
      return Withdraw();
  }
}

void Practice::DepositNext() {
  std::vector<size_t> which;
  const size_t most = world_.Roll(0.6) ? 1 : 1 + world_.random.Below(6);
  while (deposited_ < wanted_.size() && which.size() < most) which.push_back(deposited_++);
  // One batch may carry the same item twice.
  if (!which.empty() && world_.Roll(0.1)) which.push_back(which.front());
  if (!which.empty()) Deposit(which);
}

void Practice::DepositAgain() {
  if (deposited_ > 0) Deposit({world_.random.Below(deposited_)});
}

void Practice::Deposit(const std::vector<size_t>& which) {
  wire::Deposit deposit;
  for (const size_t i : which) {
    FirstTime(wanted_[i]);
    deposit.items.push_back(wanted_[i].item);
  }
  caller_.Ask(deposit, [this, which](const wire::ReplyBody& reply) {
    const auto* result = std::get_if<wire::DepositResult>(&reply);
    if (!result || result->results.size() != which.size()) {
      return world_.checker.Fail("a deposit is answered item by item", {}, who_.id.text);
    }
    for (size_t i = 0; i < which.size(); ++i) {
      if (const auto* receipt = std::get_if<wire::Receipt>(&result->results[i])) {
        wanted_[which[i]].receipt = receipt->number;
      } else if (!wanted_[which[i]].receipt) {
        const size_t again = which[i];  // no room, no route or new rules: later
        world_.clock.After(absl::Seconds(30), [this, again] { Deposit({again}); });
      }
    }
  });
}

// What it belongs to is settled when it is first said. Sometimes it is said wrong at first.
void Practice::FirstTime(Wanted& wanted) {
  if (std::exchange(wanted.asked, true)) return;
  if (world_.Roll(world_.story.follows)) wanted.item.follows = AnyReceipt();
  if (!world_.quiet && world_.Roll(world_.story.spoils)) DepositSpoilt(wanted.item);
}

// In a form that must be refused and leave no trace, under a reference that is used again.
void Practice::DepositSpoilt(wire::Deposit::Item item) {
  const uint64_t how = world_.random.Below(3);
  if (how == 0 && item.card) {
    item.card->amc = "0000000999";
  } else if (how == 1) {
    const auto& other = world_.practices[world_.random.Below(world_.practices.size())];
    const RequestId strange = other.get() == this ? RequestId{} : other->AnyReceipt();
    item.follows = strange.value == 0 ? RequestId{999'999} : strange;
  } else {
    item.content = "broken " + item.content;
  }
  caller_.Ask(wire::Deposit{{item}}, [](const wire::ReplyBody&) {});
}

void Practice::DepositOtherContent() {
  // After a restore it might well be the first.
  if (deposited_ == 0 || world_.story.restores > 0) return;
  const Wanted& wanted = wanted_[world_.random.Below(deposited_)];
  if (!wanted.receipt) return;  // else it might well be the first
  wire::Deposit deposit{{wanted.item}};
  deposit.items[0].content += ", changed";
  caller_.Ask(deposit, [](const wire::ReplyBody&) {});
}

RequestId Practice::AnyReceipt() const {
  const std::vector<RequestId> receipts = Receipts();
  return receipts.empty() ? RequestId{} : receipts[world_.random.Below(receipts.size())];
}

std::vector<RequestId> Practice::Receipts() const {
  std::vector<RequestId> receipts;
  for (const Wanted& wanted : wanted_) {
    if (wanted.receipt) receipts.push_back(*wanted.receipt);
  }
  return receipts;
}

void Practice::AskStatus() {
  wire::StatusOf ask{Receipts(), {}};
  for (const Wanted& wanted : wanted_) {
    if (world_.Roll(0.2))
      ask.references.push_back({wanted.item.destination, wanted.item.reference});
  }
  if (ask.receipts.empty() && ask.references.empty()) return;
  // A withdrawal may succeed at its repeat while the practice hears the late "no" to the first: so
  // it believes the status.
  caller_.Ask(ask, [this](const wire::ReplyBody& reply) {
    const auto* result = std::get_if<wire::StatusResult>(&reply);
    if (!result) return;
    for (const auto& one : result->results) {
      if (const auto* status = std::get_if<wire::RequestStatus>(&one)) Hear(*status);
    }
  });
}

void Practice::Hear(const wire::RequestStatus& status) {
  const bool silent_end = status.state == StateCode::kWithdrawn ||
                          status.state == StateCode::kElsewhere ||
                          status.state == StateCode::kDestroyed;
  if (silent_end) ended_.insert(status.number);
  const bool asked =
      status.why == wire::WhyWaiting::kDecide || status.why == wire::WhyWaiting::kConfirm;
  if (asked && (world_.quiet || world_.Roll(0.2))) Answer(status.number, status.why);
}

void Practice::Answer(RequestId receipt, wire::WhyWaiting why) {
  if (world_.Roll(0.2)) return SayElsewhere(receipt);
  if (why == wire::WhyWaiting::kConfirm) return SayConfirmed({receipt});
  if (world_.Roll(0.2)) return WithdrawThis(receipt);
  const std::string grant = world_.Roll(0.5) ? fmt::format("tel-{}", receipt.value) : "";
  caller_.Ask(wire::Decide{receipt, grant}, [](const wire::ReplyBody&) {});
}

void Practice::SayConfirmed(std::vector<RequestId> receipts) {
  if (receipts.empty()) return;
  caller_.Ask(wire::Confirm{std::move(receipts)}, [](const wire::ReplyBody&) {});
}

void Practice::SayElsewhere(RequestId receipt) {
  if (receipt.value == 0) return;
  const std::string number = world_.Roll(0.5) ? fmt::format("else-{}", receipt.value) : "";
  caller_.Ask(wire::SentElsewhere{receipt, "by telephone", number},
              [this](const wire::ReplyBody& reply) {
                const auto* said = std::get_if<wire::SaidResult>(&reply);
                if (!said) return;
                for (const auto& one : said->results) {
                  if (const auto* status = std::get_if<wire::RequestStatus>(&one)) Hear(*status);
                }
              });
}

void Practice::Withdraw() {
  const std::vector<RequestId> receipts = Receipts();
  if (receipts.empty()) return;
  WithdrawThis(receipts[world_.random.Below(receipts.size())]);
}

void Practice::WithdrawThis(RequestId receipt) {
  caller_.Ask(wire::Withdraw{receipt}, [this, receipt](const wire::ReplyBody& reply) {
    const auto* result = std::get_if<wire::WithdrawResult>(&reply);
    if (result && result->status.state == StateCode::kWithdrawn) ended_.insert(receipt);
  });
}

void Practice::ReadInbox() {
  if (std::exchange(reading_, true)) return;
  // What was read may be acknowledged now or later; till then it is shown again.
  const uint64_t acknowledge = world_.Roll(0.2) ? 0 : read_;
  const uint32_t at_most = static_cast<uint32_t>(world_.random.Between(1, 8));
  caller_.Ask(wire::Inbox{acknowledge, at_most}, [this](const wire::ReplyBody& reply) {
    reading_ = false;
    const auto* result = std::get_if<wire::InboxResult>(&reply);
    if (!result) return world_.checker.Fail("an inbox is shown", {}, who_.id.text);
    for (const wire::InboxEntry& entry : result->entries) Read(entry);
  });
}

void Practice::BrokerWasRestored() {
  std::set<RequestId> ended;
  for (size_t i = 0; i < wanted_.size(); ++i) {
    Wanted& wanted = wanted_[i];
    if (!wanted.receipt) {
      if (!world_.checker.Knows(wanted.item.follows)) wanted.item.follows = RequestId{};
      continue;
    }
    if (world_.checker.Knows(*wanted.receipt)) {
      if (world_.checker.HasReadEnd(*wanted.receipt)) ended.insert(*wanted.receipt);
      continue;
    }
    wanted.receipt.reset();
    if (!world_.checker.Knows(wanted.item.follows)) wanted.item.follows = RequestId{};
    world_.clock.After(absl::Seconds(30), [this, i] { Deposit({i}); });
  }
  ended_ = std::move(ended);
  read_ = world_.checker.ReadBy(who_.id);
}

void Practice::Read(const wire::InboxEntry& entry) {
  if (entry.position <= read_) return;
  read_ = entry.position;
  world_.checker.AnswerRead(who_.id, entry);
  if (entry.event == wire::Event::kAsked) return Answer(entry.request, entry.why);
  if (entry.event != wire::Event::kNews) ended_.insert(entry.request);
}

}  // namespace ecluse::sim
