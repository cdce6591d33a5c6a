// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/rotation.h"

#include <absl/time/clock.h>
#include <fmt/format.h>

#include <algorithm>

namespace ecluse::story {

Rotation::Rotation(World& world, Ops& ops, Progress& progress,
                   const std::vector<patients::Practice>& practices)
    : world_(world), ops_(ops), progress_(progress), practices_(practices) {
  for (size_t i = 2; i < practices.size(); i += 3) late_.push_back({at_, practices[i].id});
}

bool Rotation::IsLate(const PracticeId& practice) const {
  return std::ranges::any_of(late_, [&](const NewPassword& p) { return p.practice == practice; });
}

absl::Status Rotation::Begin() {
  absl::Status status = world_.Tell(at_, "secrets 0");
  // The vault knows to the second when a password was set.
  const absl::Time since = absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()));
  status.Update(ops_.DeclareIncident(at_, since, "passwords may be known to others"));
  absl::SleepFor(since + absl::Seconds(1) - absl::Now());
  for (const patients::Practice& practice : practices_) {
    if (!IsLate(practice.id)) status.Update(world_.ChangeSecret(at_, practice.id));
  }
  progress_.Say(fmt::format(
      "Carte Blanche demands new passwords, and ops declare the incident: {} of {} practices",
      practices_.size() - late_.size(), practices_.size()));
  progress_.Say("change theirs at once, with ecluse-vault; the others' requests will wait for it.");
  return status;
}

// A login that the operator refused leaves a hold.
absl::StatusOr<bool> Rotation::WasTried(const PracticeId& practice) const {
  const absl::StatusOr<std::vector<Hold>> holds = ops_.Holds();
  if (!holds.ok()) return holds.status();
  return std::ranges::any_of(*holds, [&](const Hold& hold) {
    return hold.rule == HoldRule::kCredentials && hold.scope.run_by == at_ &&
           hold.scope.practice == practice;
  });
}

absl::Status Rotation::ChangeLate() {
  for (NewPassword& password : late_) {
    Filter filter;
    filter.run_by = at_;
    filter.practice = password.practice;
    const absl::StatusOr<std::vector<wire::ListRow>> rows = ops_.ListAll(filter);
    if (!rows.ok()) return rows.status();
    for (const wire::ListRow& row : *rows) {
      password.waited += row.status.why == wire::WhyWaiting::kPassword;
    }
    const absl::StatusOr<bool> tried = WasTried(password.practice);
    if (!tried.ok()) return tried.status();
    password.tried = *tried;
    password.since = absl::Now();
    const absl::Status status = world_.ChangeSecret(at_, password.practice);
    if (!status.ok()) return status;
    progress_.Say(fmt::format(
        "  {}: {} requests waited for a new password at Carte Blanche; the old one was {}tried.",
        password.practice.text, password.waited, password.tried ? "" : "not "));
  }
  progress_.Say("  Both have changed it now: their requests go at once.");
  return absl::OkStatus();
}

}  // namespace ecluse::story
