// SPDX-License-Identifier: Apache-2.0
// The records of jobs, accounts and payees.
#include "store/records.h"
#include "store/records.pb.h"
#include "store/records_frame.h"

namespace ecluse::store::record {

namespace {

template <class Enum, class Repeated>
void PutAll(const std::vector<Enum>& values, Repeated* repeated) {
  for (const Enum value : values) repeated->Add(static_cast<uint32_t>(value));
}

template <class Enum, class Repeated>
bool GetAll(const Repeated& repeated, Enum least, Enum most, std::vector<Enum>& values) {
  values.clear();
  for (const uint32_t code : repeated) {
    if (!Assign(code, least, most, values.emplace_back())) return false;
  }
  return true;
}

void Put(const Filter& filter, stored::Filter& m) {
  if (filter.run_by) m.set_run_by(filter.run_by->text);
  if (filter.service) m.set_service(filter.service->text);
  if (filter.practice) m.set_practice(filter.practice->text);
  PutAll(filter.states, m.mutable_states());
  m.set_older_than(absl::ToInt64Microseconds(filter.older_than));
  PutAll(filter.kinds, m.mutable_kinds());
  PutAll(filter.waits, m.mutable_waits());
  m.set_younger_than(absl::ToInt64Microseconds(filter.younger_than));
  m.set_due_within(absl::ToInt64Microseconds(filter.due_within));
  m.set_maybe_twice(filter.maybe_twice);
  m.set_from(filter.from.value);
  m.set_to(filter.to.value);
}

absl::Status Get(const stored::Filter& m, Filter& filter) {
  filter = Filter();
  // Names are never empty.
  if (!m.run_by().empty()) filter.run_by = OperatorId{m.run_by()};
  if (!m.service().empty()) filter.service = ServiceId{m.service()};
  if (!m.practice().empty()) filter.practice = PracticeId{m.practice()};
  if (!GetAll(m.states(), StateCode::kReady, StateCode::kReturned, filter.states)) {
    return Unknown("state");
  }
  if (!GetAll(m.kinds(), Kind::kAuthorisation, Kind::kQuotation, filter.kinds)) {
    return Unknown("kind");
  }
  if (!GetAll(m.waits(), Wait::kHeld, Wait::kQuarantine, filter.waits)) {
    return Unknown("reason to wait");
  }
  filter.older_than = absl::Microseconds(m.older_than());
  filter.younger_than = absl::Microseconds(m.younger_than());
  filter.due_within = absl::Microseconds(m.due_within());
  filter.maybe_twice = m.maybe_twice();
  filter.from.value = m.from();
  filter.to.value = m.to();
  return absl::OkStatus();
}

}  // namespace

void Encode(const Job& job, std::string_view sealed_reason, std::string& out) {
  stored::Job m;
  m.set_kind(static_cast<uint32_t>(job.kind));
  m.set_state(static_cast<uint32_t>(job.state));
  Put(job.filter, *m.mutable_filter());
  if (job.to) {
    m.set_to_run_by(job.to->run_by.text);
    m.set_to_service(job.to->service.text);
  }
  m.set_by(job.by);
  m.set_second(job.second);
  m.set_sealed_reason(sealed_reason.data(), sealed_reason.size());
  m.set_since(ToMicros(job.since));
  m.set_last(job.last.value);
  m.set_at(job.at.value);
  m.set_planned(job.planned);
  m.set_fingerprint(job.fingerprint);
  m.set_done(job.done);
  m.set_failed(job.failed);
  Write(m, out);
}

absl::Status Decode(std::string_view value, Job& job, std::string& sealed_reason) {
  stored::Job m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  if (!Assign(m.kind(), JobKind::kRelease, JobKind::kDryRun, job.kind)) return Unknown("job");
  if (!Assign(m.state(), JobState::kCounting, JobState::kDone, job.state)) {
    return Unknown("state of a job");
  }
  if (absl::Status status = Get(m.filter(), job.filter); !status.ok()) return status;
  job.to.reset();
  if (!m.to_run_by().empty()) job.to = {{m.to_run_by()}, {m.to_service()}};
  job.by = std::move(*m.mutable_by());
  job.second = std::move(*m.mutable_second());
  sealed_reason = std::move(*m.mutable_sealed_reason());
  job.since = FromMicros(m.since());
  job.last.value = m.last();
  job.at.value = m.at();
  job.planned = m.planned();
  job.fingerprint = m.fingerprint();
  job.done = m.done();
  job.failed = m.failed();
  return absl::OkStatus();
}

void Encode(const Account& account, std::string& out) {
  stored::Account m;
  m.set_epoch(account.epoch);
  if (account.set_at != absl::InfinitePast()) m.set_set_at(ToMicros(account.set_at));
  m.set_proven(account.proven);
  Write(m, out);
}

absl::Status Decode(std::string_view value, Account& account) {
  stored::Account m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  account.epoch = m.epoch();
  account.set_at = m.has_set_at() ? FromMicros(m.set_at()) : absl::InfinitePast();
  account.proven = m.proven();
  return absl::OkStatus();
}

void Encode(const Payee& payee, std::string& out) {
  stored::Payee m;
  m.set_digest(payee.digest);
  Write(m, out);
}

absl::Status Decode(std::string_view value, Payee& payee) {
  stored::Payee m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  payee.digest = std::move(*m.mutable_digest());
  return absl::OkStatus();
}

}  // namespace ecluse::store::record
