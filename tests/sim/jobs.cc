// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/jobs.h"

#include <utility>

#include "tests/sim/world.h"

namespace ecluse::sim {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(3);

}  // namespace

Jobs::Jobs(World& world)
    : world_(world),
      anne_(world.NewCaller("ops-jobs", identity::Ops{"anne", true}, true)),
      bob_(world.NewCaller("ops-bob", identity::Ops{"bob", true}, true)) {}

void Jobs::Plan(JobKind kind, Filter filter, std::optional<Destination> to) {
  anne_.AskOnce(wire::PlanJob{kind, std::move(filter), std::move(to), "in bulk"}, kPatience,
                [](const wire::ReplyBody*) {});
}

void Jobs::Look() {
  anne_.AskOnce(wire::Jobs{}, kPatience, [this](const wire::ReplyBody* reply) {
    const auto* result = reply ? std::get_if<wire::JobsResult>(reply) : nullptr;
    if (!result) return;
    for (const auto& row : result->rows) Next(row);
  });
}

void Jobs::Next(const wire::JobsResult::Row& row) {
  const bool stops = !world_.quiet && world_.Roll(0.1);
  switch (row.job.state) {
    case JobState::kPlanned:
      return Act(anne_, row, stops ? wire::JobAct::kStop : wire::JobAct::kStart);
    case JobState::kAsked:
      // Who started it can't approve it as well.
      if (world_.Roll(0.2)) Act(anne_, row, wire::JobAct::kApprove);
      return Act(bob_, row, wire::JobAct::kApprove);
    case JobState::kRunning:
      if (row.job.kind == JobKind::kExport) HandOver(row.job.id, {});
      if (stops) Act(anne_, row, world_.Roll(0.5) ? wire::JobAct::kPause : wire::JobAct::kStop);
      return;
    case JobState::kPaused:
      return Act(anne_, row, wire::JobAct::kResume);
    default:
      return;
  }
}

void Jobs::Act(Caller& caller, const wire::JobsResult::Row& row, wire::JobAct act) {
  const bool bob = &caller == &bob_;
  if (bob && act == wire::JobAct::kApprove) world_.checker.SecondPerson(row.job);
  if (act == wire::JobAct::kStart) world_.checker.JobStarts(row.job);
  caller.AskOnce(wire::ActOnJob{row.job.id, act, row.token, "go on"}, kPatience,
                 [](const wire::ReplyBody*) {});
}

void Jobs::HandOver(JobId job, RequestId after) {
  anne_.AskOnce(wire::Fetch{job, after}, kPatience, [this, job](const wire::ReplyBody* reply) {
    const auto* page = reply ? std::get_if<wire::FetchResult>(reply) : nullptr;
    if (!page || page->rows.empty()) return;
    wire::HandedOver over{job, {}, "file and digest"};
    for (const auto& row : page->rows) {
      world_.checker.Exported(row);
      over.requests.push_back(row.request);
    }
    // Repeated until answered: the files are written.
    anne_.Ask(over, [](const wire::ReplyBody&) {});
  });
}

}  // namespace ecluse::sim
