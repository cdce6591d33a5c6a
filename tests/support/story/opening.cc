// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/opening.h"

#include <fmt/format.h>

#include <algorithm>

namespace ecluse::story {
namespace {

const OperatorId kViamedis = {"viamedis"};
const OperatorId kOxantis = {"oxantis"};
const OperatorId kAlmerys = {"almerys"};
const OperatorId kCarteBlanche = {"carte-blanche"};
const OperatorId kGeneration = {"generation"};
const Destination kAlmerysBills = {kAlmerys, {"billing"}};
const Destination kSite = {kCarteBlanche, {"authorisation"}};

// From the announcement to 13:00.
constexpr absl::Duration kUntilOne = absl::Seconds(4);
constexpr absl::Duration kFlowLater = absl::Seconds(4);
constexpr absl::Duration kAlmerysLater = absl::Seconds(5);
constexpr absl::Duration kPasswordsLater = absl::Seconds(14);
// Portals open a moment before their hour.
constexpr absl::Duration kMoment = absl::Milliseconds(400);
// People look now and then.
constexpr absl::Duration kLookEvery = absl::Milliseconds(700);

// Whom Almerys lets in later, and who must change its password at Oxantis.
constexpr size_t kEarly = 1, kLate = 3, kStale = 4;

absl::Duration LaterBy(const Destination& destination) {
  const bool flow = destination.run_by == kCarteBlanche && destination != kSite;
  return flow ? kFlowLater : absl::ZeroDuration();
}

}  // namespace

Opening::Opening(World& world, Ops& ops, Progress& progress,
                 const std::vector<patients::Practice>& practices)
    : world_(world),
      ops_(ops),
      progress_(progress),
      practices_(practices),
      rotation_(world, ops, progress, practices),
      stampede_(world, ops, progress) {}

std::set<std::pair<OperatorId, PracticeId>> Opening::NotLetIn() const {
  std::set<std::pair<OperatorId, PracticeId>> all = {
      {kAlmerys, Who(kEarly)}, {kAlmerys, Who(kLate)}, {kOxantis, Who(kStale)}};
  for (const NewPassword& password : rotation_.late()) all.emplace(password.at, password.practice);
  return all;
}

absl::Status Opening::CloseAll() {
  for (const Player& player : world_.players()) {
    for (const Destination& destination : PortalsOf(player)) {
      const absl::Status status =
          ops_.Close(destination, "cyberattack: the portal is closed, no date known", std::nullopt);
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status Opening::AnnounceHours(absl::Time base) {
  for (const Player& player : world_.players()) {
    for (const Destination& destination : PortalsOf(player)) {
      const absl::Status status = ops_.Announce(destination, base + LaterBy(destination),
                                                "circular of the operator, by mail");
      if (!status.ok()) return status;
    }
  }
  // One of them slips.
  for (const Player& player : world_.players()) {
    if (player.id() != kAlmerys) continue;
    for (const Destination& destination : PortalsOf(player)) {
      const absl::Status status =
          ops_.Announce(destination, base + kAlmerysLater, "second circular: later");
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status Opening::Announce(absl::Time now) {
  const absl::Time base = now + kUntilOne;
  clock_.one_o_clock = base;
  const absl::Status status = AnnounceHours(base);
  if (!status.ok()) return status;
  progress_.Say(fmt::format(
      "Reopening is announced for 13:00. Here that is {}, and then a second is two minutes.",
      absl::FormatTime("%H:%M:%S", base, absl::LocalTimeZone())));
  progress_.Say(
      fmt::format("The OptoAMC flow of Carte Blanche comes at {}, and Almerys puts its hour "
                  "off to {}.",
                  clock_.Tell(base + kFlowLater), clock_.Tell(base + kAlmerysLater)));
  Plan(base);
  return world_.why_no_mail().empty() ? CountBills() : absl::OkStatus();
}

absl::Status Opening::CountBills() {
  const absl::StatusOr<wire::StatusReport> report = ops_.Status();
  if (!report.ok()) return report.status();
  uint64_t sent = 0;
  for (const auto& count : report->counts) {
    const bool unsent = count.state == StateCode::kReady || count.state == StateCode::kDeferred;
    if (count.destination == kAlmerysBills && !unsent) sent += count.requests;
  }
  progress_.Say(fmt::format(
      "Almerys closed its portal alone: {} bills went there by mail in the meantime.", sent));
  return absl::OkStatus();
}

void Opening::Plan(absl::Time base) {
  const std::string &early = Who(kEarly).text, &late = Who(kLate).text, &stale = Who(kStale).text;
  const absl::Time first = base - kMoment;
  events_ = {
      {first, "Génération is open.", {{kGeneration, "open"}}},
      {first,
       "The site of Carte Blanche is open, its flow is not.",
       {{kCarteBlanche, "open"},
        {kCarteBlanche, "close optoamc refuse"},
        {kCarteBlanche, "close billing refuse"}}},
      {first,
       "Viamedis and Oxantis, one platform, let practices log in, and nothing more yet.",
       {{kViamedis, "open"},
        {kViamedis, "stage authorisation login"},
        {kOxantis, "open"},
        {kOxantis, "account " + stale + " change"},
        {kOxantis, "stage authorisation login"},
        {kOxantis, "stage billing login"}}},
      {first + absl::Seconds(3),
       "Viamedis and Oxantis: the form for authorisations is there again.",
       {{kOxantis, "stage authorisation authorisation"}},
       [this, base] { return stampede_.Begin(base + absl::Seconds(3)); }},
      {first + kFlowLater,
       "The OptoAMC flow of Carte Blanche is open.",
       {{kCarteBlanche, "open optoamc"}, {kCarteBlanche, "open billing"}}},
      {first + kAlmerysLater,
       fmt::format("Almerys opens its portal account by account: not yet for {} and {}.", early,
                   late),
       {{kAlmerys, "account " + early + " closed"},
        {kAlmerys, "account " + late + " closed"},
        {kAlmerys, "open"}}},
      {first + absl::Seconds(7), "Oxantis takes bills again.", {{kOxantis, "stage billing bill"}}},
      {first + absl::Seconds(9),
       "Almerys lets " + early + " in.",
       {{kAlmerys, "account " + early + " open"}}},
      {first + absl::Seconds(11),
       "Almerys lets " + late + " in.",
       {{kAlmerys, "account " + late + " open"}}},
      {first + kPasswordsLater,
       "Carte Blanche still waits for new passwords:",
       {},
       [this] { return rotation_.ChangeLate(); }},
  };
  std::ranges::stable_sort(events_, {}, &Event::at);
}

absl::Status Opening::Look(const wire::StatusReport& report, absl::Time now) {
  for (; done_ < events_.size() && events_[done_].at <= now; ++done_) {
    const Event& event = events_[done_];
    for (const auto& [who, line] : event.lines) {
      const absl::Status status = world_.Tell(who, line);
      if (!status.ok()) return status;
    }
    if (!event.says.empty()) progress_.Say(clock_.Tell(event.at + kMoment) + " " + event.says);
    const absl::Status status = event.also ? event.also() : absl::OkStatus();
    if (!status.ok()) return status;
  }
  absl::Status status = stampede_.Look(report, now);
  if (!status.ok() || now < looked_ + kLookEvery) return status;
  looked_ = now;
  status = LookAfterAccounts();
  return status.ok() ? LookAfterTechnicalRefusals() : status;
}

// No decision was made and nothing was kept: ops staff look, and let it go again.
absl::Status Opening::LookAfterTechnicalRefusals() {
  Filter filter;
  filter.waits = {Wait::kTechnical};
  const absl::StatusOr<std::vector<wire::ListRow>> rows = ops_.ListAll(filter);
  if (!rows.ok()) return rows.status();
  uint64_t looked_at = 0;
  for (const wire::ListRow& row : *rows) {
    if (row.status.destination == stampede_.where() && !stampede_.Records()) continue;
    const absl::Status status = ops_.Retry(row.status.number, "looked at: it is in order");
    if (!status.ok()) return status;
    ++looked_at;
  }
  if (looked_at > 0) {
    progress_.Say(fmt::format("  {} refused for technical reasons: a person lets go of it again.",
                              looked_at));
  }
  return absl::OkStatus();
}

absl::Status Opening::LookAfterAccounts() {
  const absl::StatusOr<std::vector<Hold>> holds = ops_.Holds();
  if (!holds.ok()) return holds.status();
  for (const Hold& hold : *holds) {
    if (hold.rule != HoldRule::kCredentials || !hold.scope.run_by || !hold.scope.practice) continue;
    // Whoever is late with its password comes when it comes.
    if (*hold.scope.run_by == rotation_.at() && rotation_.IsLate(*hold.scope.practice)) continue;
    if (!changed_.emplace(*hold.scope.run_by, *hold.scope.practice).second) continue;
    progress_.Say(fmt::format(
        "  {} refused the login of {} once, and nothing more is tried: the account needs a person.",
        hold.scope.run_by->text, hold.scope.practice->text));
    const absl::Status status = world_.ChangeSecret(*hold.scope.run_by, *hold.scope.practice);
    if (!status.ok()) return status;
    progress_.Say("  The practice changed its password; ecluse-vault has it, and it goes on.");
  }
  return absl::OkStatus();
}

}  // namespace ecluse::story
