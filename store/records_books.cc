// SPDX-License-Identifier: Apache-2.0
// The records of gates, holds, counts and keys.
#include "store/records.h"
#include "store/records.pb.h"
#include "store/records_frame.h"

namespace ecluse::store::record {

void Encode(const GateState& gate, const SealedGate& sealed, std::string& out) {
  stored::Gate m;
  m.set_code(static_cast<uint32_t>(gate.code));
  m.set_since(ToMicros(gate.since));
  m.set_by(gate.by);
  m.set_sealed_reason(sealed.reason);
  m.set_announced(ToMicros(gate.announced));
  m.set_paused_until(ToMicros(gate.paused_until));
  m.set_pauses(gate.pauses);
  m.set_allowance(gate.allowance);
  m.set_announced_by(gate.announced_by);
  m.set_sealed_source(sealed.source);
  m.set_slips(gate.slips);
  m.set_asks(gate.asks);
  m.set_window(gate.pace.window);
  m.set_learned(gate.pace.learned);
  m.set_failed_cohorts(gate.pace.failed_cohorts);
  m.set_usual(gate.mix.usual);
  m.set_known(gate.mix.known);
  m.set_seen(gate.mix.seen);
  m.set_bad(gate.mix.bad);
  Write(m, out);
}

absl::Status Decode(std::string_view value, GateState& gate, SealedGate& sealed) {
  stored::Gate m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  if (!Assign(m.code(), GateCode::kOpen, GateCode::kReclosed, gate.code)) return Unknown("gate");
  gate.since = FromMicros(m.since());
  gate.by = std::move(*m.mutable_by());
  sealed = {std::move(*m.mutable_sealed_reason()), std::move(*m.mutable_sealed_source())};
  gate.announced = FromMicros(m.announced());
  gate.paused_until = FromMicros(m.paused_until());
  gate.pauses = m.pauses();
  gate.allowance = m.allowance();
  gate.announced_by = std::move(*m.mutable_announced_by());
  gate.slips = m.slips();
  gate.asks = m.asks();
  gate.pace = {m.window(), m.learned(), m.failed_cohorts()};
  gate.mix = {m.usual(), m.known(), m.seen(), m.bad()};
  return absl::OkStatus();
}

void Encode(const Hold& hold, std::string_view sealed_reason, std::string& out) {
  stored::Hold m;
  if (hold.scope.run_by) m.set_run_by(hold.scope.run_by->text);
  if (hold.scope.service) m.set_service(hold.scope.service->text);
  if (hold.scope.practice) m.set_practice(hold.scope.practice->text);
  if (hold.scope.request) m.set_request(hold.scope.request->value);
  m.set_owner(hold.owner);
  m.set_sealed_reason(sealed_reason.data(), sealed_reason.size());
  m.set_since(ToMicros(hold.since));
  m.set_rule(static_cast<uint32_t>(hold.rule));
  m.set_epoch(hold.epoch);
  if (hold.until != absl::InfiniteFuture()) m.set_until(ToMicros(hold.until));
  const Scope& scope = hold.scope;
  if (scope.kind) m.set_kind(static_cast<uint32_t>(*scope.kind));
  if (scope.deposited_from != absl::InfinitePast()) {
    m.set_deposited_from(ToMicros(scope.deposited_from));
  }
  if (scope.deposited_until != absl::InfiniteFuture()) {
    m.set_deposited_until(ToMicros(scope.deposited_until));
  }
  Write(m, out);
}

absl::Status Decode(std::string_view value, Hold& hold, std::string& sealed_reason) {
  stored::Hold m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  hold.scope = Scope();
  // Names are never empty and numbers begin at 1, so the empty value says "any".
  if (!m.run_by().empty()) hold.scope.run_by = OperatorId{m.run_by()};
  if (!m.service().empty()) hold.scope.service = ServiceId{m.service()};
  if (!m.practice().empty()) hold.scope.practice = PracticeId{m.practice()};
  if (m.request() != 0) hold.scope.request = RequestId{m.request()};
  hold.owner = std::move(*m.mutable_owner());
  sealed_reason = std::move(*m.mutable_sealed_reason());
  hold.since = FromMicros(m.since());
  if (!Assign(m.rule(), HoldRule::kPerson, HoldRule::kQuarantine, hold.rule)) {
    return Unknown("rule");
  }
  hold.epoch = m.epoch();
  hold.until = m.has_until() ? FromMicros(m.until()) : absl::InfiniteFuture();
  if (m.kind() != 0) {
    Kind kind;
    if (!Assign(m.kind(), Kind::kAuthorisation, Kind::kQuotation, kind)) return Unknown("kind");
    hold.scope.kind = kind;
  }
  if (m.has_deposited_from()) hold.scope.deposited_from = FromMicros(m.deposited_from());
  if (m.has_deposited_until()) hold.scope.deposited_until = FromMicros(m.deposited_until());
  return absl::OkStatus();
}

void Encode(const InboxMark& mark, std::string& out) {
  stored::Mark m;
  m.set_last(mark.last);
  m.set_acknowledged(mark.acknowledged);
  Write(m, out);
}

absl::Status Decode(std::string_view value, InboxMark& mark) {
  stored::Mark m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  mark.last = m.last();
  mark.acknowledged = m.acknowledged();
  return absl::OkStatus();
}

void Encode(const Numbers& numbers, std::string& out) {
  stored::Numbers m;
  m.set_request(numbers.request);
  m.set_hold(numbers.hold);
  m.set_entry(numbers.entry);
  m.set_job(numbers.job);
  Write(m, out);
}

absl::Status Decode(std::string_view value, Numbers& numbers) {
  stored::Numbers m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  numbers = {m.request(), m.hold(), m.entry(), m.job()};
  return absl::OkStatus();
}

void Encode(const WrappedKey& key, std::string& out) {
  stored::Key m;
  m.set_practice(key.practice.text);
  m.set_wrapped(key.wrapped);
  Write(m, out);
}

absl::Status Decode(std::string_view value, WrappedKey& key) {
  stored::Key m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  key.practice.text = std::move(*m.mutable_practice());
  key.wrapped = std::move(*m.mutable_wrapped());
  return absl::OkStatus();
}

void Encode(const Head& head, std::string& out) {
  stored::Head m;
  m.set_format(head.format);
  m.set_store(head.store);
  m.set_master_key(head.master_key);
  m.set_epoch(head.epoch);
  m.set_noted_epoch(head.noted_epoch);
  m.set_place(head.place);
  m.set_machine(head.machine);
  m.set_restored(head.restored);
  Write(m, out);
}

absl::Status Decode(std::string_view value, Head& head) {
  stored::Head m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  head.format = m.format();
  head.store = std::move(*m.mutable_store());
  head.master_key = std::move(*m.mutable_master_key());
  head.epoch = m.epoch();
  head.noted_epoch = m.noted_epoch();
  head.place = std::move(*m.mutable_place());
  head.machine = std::move(*m.mutable_machine());
  head.restored = m.restored();
  return absl::OkStatus();
}

void Encode(uint64_t number, std::string& out) {
  stored::Number m;
  m.set_value(number);
  Write(m, out);
}

absl::Status Decode(std::string_view value, uint64_t& number) {
  stored::Number m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  number = m.value();
  return absl::OkStatus();
}

}  // namespace ecluse::store::record
