// SPDX-License-Identifier: Apache-2.0
#include "broker/core/job_desk.h"

namespace ecluse {

JobDesk::JobDesk(Books& books, Payees& payees, const store::Recovered& recovered)
    : books_(books), payees_(payees) {
  for (const Job& job : recovered.jobs) jobs_[job.id] = job;
}

wire::ReplyBody JobDesk::Hear(const identity::Ops&, const wire::PlanJob&, const Turn&) {
  return Error{ErrorCode::kForbidden, ""};
}

wire::ReplyBody JobDesk::Hear(const identity::Ops&, const wire::ActOnJob&, const Turn&) {
  return Error{ErrorCode::kUnknownJob, "job"};
}

wire::ReplyBody JobDesk::Hear(const identity::Ops&, const wire::Fetch&, const Turn&) {
  return Error{ErrorCode::kUnknownJob, "job"};
}

wire::ReplyBody JobDesk::Hear(const identity::Ops&, const wire::HandedOver&, const Turn&) {
  return Error{ErrorCode::kUnknownJob, "job"};
}

wire::ReplyBody JobDesk::View(const wire::Jobs&) const { return wire::JobsResult{}; }

wire::ReplyBody JobDesk::View(const wire::Findings&) const {
  return Error{ErrorCode::kUnknownJob, "job"};
}

void JobDesk::Advance(const Turn&) {}

bool JobDesk::HasWork() const { return false; }

std::vector<wire::Task> JobDesk::ToCheck(const Destination&, size_t, size_t, const Turn&) {
  return {};
}

void JobDesk::Hear(const wire::Checked&, const Turn&) {}

}  // namespace ecluse
