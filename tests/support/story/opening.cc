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

constexpr absl::Duration kUntilTheFirst = absl::Milliseconds(2500);
constexpr absl::Duration kFlowLater = absl::Seconds(4);
constexpr absl::Duration kAlmerysLater = absl::Seconds(1);
// Portals open a moment before their hour.
constexpr absl::Duration kMoment = absl::Milliseconds(400);

std::string Clock(absl::Time time) {
  return absl::FormatTime("%H:%M:%S", time, absl::LocalTimeZone());
}

absl::Duration LaterBy(const Destination& destination) {
  if (destination.run_by == kAlmerys) return kAlmerysLater;
  const bool flow = destination.run_by == kCarteBlanche && destination != kSite;
  return flow ? kFlowLater : absl::ZeroDuration();
}

}  // namespace

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

absl::Status Opening::Announce(absl::Time now) {
  const absl::Time base = now + kUntilTheFirst;
  for (const Player& player : world_.players()) {
    for (const Destination& destination : PortalsOf(player)) {
      const absl::Status status =
          ops_.Close(destination, "reopening announced", base + LaterBy(destination));
      if (!status.ok()) return status;
    }
  }
  progress_.Say(fmt::format(
      "Reopening is announced: {} for Viamedis, Oxantis, Génération and the site of Carte Blanche,",
      Clock(base)));
  progress_.Say(fmt::format("{} for Almerys, {} for the OptoAMC flow of Carte Blanche.",
                            Clock(base + kAlmerysLater), Clock(base + kFlowLater)));
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
  const std::string& early = practices_.at(1).id.text;
  const std::string& late = practices_.at(3).id.text;
  const std::string& stale = practices_.at(2).id.text;
  const absl::Time first = base - kMoment;
  events_ = {
      {first, "Génération is open.", {{kGeneration, "open"}}},
      {first,
       "The site of Carte Blanche is open; its flow is not, and one practice must change its "
       "password.",
       {{kCarteBlanche, "account " + stale + " change"},
        {kCarteBlanche, "open"},
        {kCarteBlanche, "close optoamc refuse"},
        {kCarteBlanche, "close billing refuse"}}},
      {first,
       "Viamedis and Oxantis, one platform, let practices log in, and nothing more yet.",
       {{kViamedis, "open"},
        {kViamedis, "stage authorisation login"},
        {kOxantis, "open"},
        {kOxantis, "stage authorisation login"},
        {kOxantis, "stage billing login"}}},
      {first + kAlmerysLater,
       fmt::format("Almerys opens its portal account by account: not yet for {} and {}.", early,
                   late),
       {{kAlmerys, "account " + early + " closed"},
        {kAlmerys, "account " + late + " closed"},
        {kAlmerys, "open"}}},
      {first + absl::Seconds(1.5),
       "Viamedis and Oxantis: files can be read again.",
       {{kViamedis, "stage authorisation read"},
        {kOxantis, "stage authorisation read"},
        {kOxantis, "stage billing read"}}},
      {first + absl::Seconds(3),
       "Viamedis and Oxantis: authorisations can be asked for again.",
       {{kViamedis, "stage authorisation authorisation"},
        {kOxantis, "stage authorisation authorisation"}}},
      {first + kFlowLater,
       "The OptoAMC flow of Carte Blanche is open.",
       {{kCarteBlanche, "open optoamc"}, {kCarteBlanche, "open billing"}}},
      {first + absl::Seconds(5),
       "Oxantis takes bills again; Almerys lets " + early + " in.",
       {{kOxantis, "stage billing bill"}, {kAlmerys, "account " + early + " open"}}},
      {first + absl::Seconds(7),
       "Almerys lets " + late + " in.",
       {{kAlmerys, "account " + late + " open"}}},
  };
  std::ranges::stable_sort(events_, {}, &Event::at);
}

absl::Status Opening::Look(absl::Time now) {
  for (; done_ < events_.size() && events_[done_].at <= now; ++done_) {
    for (const auto& [who, line] : events_[done_].lines) {
      const absl::Status status = world_.Tell(who, line);
      if (!status.ok()) return status;
    }
    if (!events_[done_].says.empty()) progress_.Say(events_[done_].says);
  }
  const absl::Status status = LookAfterAccounts();
  return status.ok() ? LookAfterTechnicalRefusals() : status;
}

// No decision was made and nothing was kept: ops staff look, and let it go again.
absl::Status Opening::LookAfterTechnicalRefusals() {
  const absl::StatusOr<wire::StatusReport> report = ops_.Status();
  if (!report.ok()) return report.status();
  if (std::ranges::none_of(report->counts, [](const auto& count) {
        return count.state == StateCode::kWaiting && count.requests > 0;
      })) {
    return absl::OkStatus();
  }
  const absl::StatusOr<std::vector<wire::ListRow>> rows = ops_.ListAll();
  if (!rows.ok()) return rows.status();
  for (const wire::ListRow& row : *rows) {
    if (row.status.why != wire::WhyWaiting::kTechnical) continue;
    const absl::Status status = ops_.Retry(row.status.number, "looked at: it is in order");
    if (!status.ok()) return status;
    progress_.Say(fmt::format("  Request {}: technical refusal by {}; a person let it go again.",
                              row.status.number.value, row.status.destination.run_by.text));
  }
  return absl::OkStatus();
}

absl::Status Opening::LookAfterAccounts() {
  const absl::StatusOr<std::vector<Hold>> holds = ops_.Holds();
  if (!holds.ok()) return holds.status();
  for (const Hold& hold : *holds) {
    if (hold.rule != HoldRule::kCredentials || !hold.scope.run_by || !hold.scope.practice) continue;
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
