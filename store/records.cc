// SPDX-License-Identifier: Apache-2.0
// The frame, and the records of a request: envelope, state, journal entry, answer.
#include "store/records.h"

#include <fmt/format.h>

#include <limits>

#include "store/crc32c.h"
#include "store/records.pb.h"
#include "store/records_frame.h"

namespace ecluse::store::record {

int64_t ToMicros(absl::Time time) { return absl::ToUnixMicros(time); }

absl::Time FromMicros(int64_t micros) {
  if (micros == std::numeric_limits<int64_t>::max()) return absl::InfiniteFuture();
  if (micros == std::numeric_limits<int64_t>::min()) return absl::InfinitePast();
  return absl::FromUnixMicros(micros);
}

void BeginFrame(std::string& out) {
  out.clear();
  out.push_back(static_cast<char>(kVersion));
}

void EndFrame(std::string& out) {
  const uint32_t crc = Crc32c(out);
  for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(crc >> shift));
}

absl::Status Unframe(std::string_view value, std::string_view& body) {
  if (value.size() < 5) return absl::DataLossError("the record is too short");
  const std::string_view framed = value.substr(0, value.size() - 4);
  uint32_t said = 0;
  for (size_t i = 0; i < 4; ++i) {
    said |= static_cast<uint32_t>(static_cast<unsigned char>(value[framed.size() + i])) << (8 * i);
  }
  if (Crc32c(framed) != said) return absl::DataLossError("the record's checksum is wrong");
  const auto version = static_cast<uint8_t>(value[0]);
  if (version != kVersion) {
    return absl::DataLossError(fmt::format("the record has version {}, unknown here", version));
  }
  body = framed.substr(1);
  return absl::OkStatus();
}

static void Put(const Card& card, stored::Card& m) {
  m.set_amc(card.amc);
  m.set_convention(card.convention);
  m.set_csr(card.csr);
  m.set_domain(card.domain);
  m.set_day(static_cast<int32_t>(card.day - absl::CivilDay()));
}

static void Get(stored::Card& m, Card& card) {
  card.amc = std::move(*m.mutable_amc());
  card.convention = std::move(*m.mutable_convention());
  card.csr = std::move(*m.mutable_csr());
  card.domain = std::move(*m.mutable_domain());
  card.day = absl::CivilDay() + m.day();  // which is 1970-01-01
}

void Encode(const Envelope& envelope, std::string_view sealed_reference, std::string& out) {
  stored::Envelope m;
  m.set_practice(envelope.practice.text);
  m.set_finess(envelope.finess);
  m.set_run_by(envelope.destination.run_by.text);
  m.set_service(envelope.destination.service.text);
  m.set_sealed_reference(sealed_reference.data(), sealed_reference.size());
  m.set_kind(static_cast<uint32_t>(envelope.kind));
  m.set_format(envelope.format);
  m.set_content_bytes(envelope.content_bytes);
  m.set_digest(envelope.digest);
  m.set_deposited_at(ToMicros(envelope.deposited_at));
  m.set_follows(envelope.follows.value);
  m.set_case_of(envelope.case_of.value);
  if (envelope.due != absl::InfiniteFuture()) m.set_due(ToMicros(envelope.due));
  m.set_share(static_cast<uint32_t>(envelope.share));
  m.set_payee(envelope.payee);
  if (envelope.deposited_to) {
    m.set_deposited_run_by(envelope.deposited_to->run_by.text);
    m.set_deposited_service(envelope.deposited_to->service.text);
  }
  if (envelope.card) Put(*envelope.card, *m.mutable_card());
  Write(m, out);
}

absl::Status Decode(std::string_view value, Envelope& envelope, std::string& sealed_reference) {
  stored::Envelope m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  if (!Assign(m.kind(), Kind::kAuthorisation, Kind::kQuotation, envelope.kind)) {
    return Unknown("kind");
  }
  if (!Assign(m.share(), Share::kFresh, Share::kBacklog, envelope.share)) return Unknown("share");
  envelope.practice.text = std::move(*m.mutable_practice());
  envelope.finess = std::move(*m.mutable_finess());
  envelope.destination.run_by.text = std::move(*m.mutable_run_by());
  envelope.destination.service.text = std::move(*m.mutable_service());
  sealed_reference = std::move(*m.mutable_sealed_reference());
  envelope.format = std::move(*m.mutable_format());
  envelope.content_bytes = m.content_bytes();
  envelope.digest = std::move(*m.mutable_digest());
  envelope.deposited_at = FromMicros(m.deposited_at());
  envelope.follows.value = m.follows();
  envelope.case_of.value = m.case_of();
  envelope.due = m.has_due() ? FromMicros(m.due()) : absl::InfiniteFuture();
  envelope.payee = std::move(*m.mutable_payee());
  envelope.deposited_to.reset();
  if (!m.deposited_run_by().empty()) {
    envelope.deposited_to = {{m.deposited_run_by()}, {m.deposited_service()}};
  }
  envelope.card.reset();
  if (m.has_card()) Get(*m.mutable_card(), envelope.card.emplace());
  return absl::OkStatus();
}

void Encode(const JournalEntry& entry, std::string_view sealed_note, std::string& out) {
  stored::Entry m;
  m.set_at(ToMicros(entry.at));
  m.set_cause(static_cast<uint32_t>(entry.cause));
  m.set_from(entry.from ? static_cast<uint32_t>(*entry.from) : 0);
  m.set_to(static_cast<uint32_t>(entry.to));
  m.set_attempt(entry.attempt);
  m.set_outcome(static_cast<uint32_t>(entry.outcome));
  m.set_detail(entry.detail);
  m.set_actor(entry.actor);
  m.set_sealed_note(sealed_note.data(), sealed_note.size());
  Write(m, out);
}

absl::Status Decode(std::string_view value, JournalEntry& entry, std::string& sealed_note) {
  stored::Entry m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  if (!Assign(m.cause(), CauseCode::kDeposited, CauseCode::kShown, entry.cause)) {
    return Unknown("cause");
  }
  entry.from.reset();
  if (m.from() != 0) {
    StateCode from;
    if (!Assign(m.from(), StateCode::kReady, StateCode::kReturned, from)) return Unknown("state");
    entry.from = from;
  }
  if (!Assign(m.to(), StateCode::kReady, StateCode::kReturned, entry.to)) return Unknown("state");
  if (!Assign(m.outcome(), OutcomeCode::kNone, OutcomeCode::kRejected, entry.outcome)) {
    return Unknown("outcome");
  }
  entry.at = FromMicros(m.at());
  entry.attempt = m.attempt();
  entry.detail = static_cast<uint8_t>(m.detail());
  entry.actor = std::move(*m.mutable_actor());
  sealed_note = std::move(*m.mutable_sealed_note());
  return absl::OkStatus();
}

void Encode(const wire::InboxEntry& entry, const SealedAnswer& sealed, std::string& out) {
  stored::Answer m;
  m.set_request(entry.request.value);
  m.set_run_by(entry.destination.run_by.text);
  m.set_service(entry.destination.service.text);
  m.set_sealed_reference(sealed.reference);
  m.set_event(static_cast<uint32_t>(entry.event));
  m.set_decision(static_cast<uint32_t>(entry.decision));
  m.set_at(ToMicros(entry.at));
  m.set_format(entry.format);
  m.set_sealed_body(sealed.body);
  m.set_why(static_cast<uint32_t>(entry.why));
  Write(m, out);
}

absl::Status Decode(std::string_view value, wire::InboxEntry& entry, SealedAnswer& sealed) {
  stored::Answer m;
  if (absl::Status status = Read(value, m); !status.ok()) return status;
  if (!Assign(m.event(), wire::Event::kAnswered, wire::Event::kReturned, entry.event)) {
    return Unknown("event");
  }
  if (!Assign(m.decision(), Decision::kOther, Decision::kBilled, entry.decision)) {
    return Unknown("decision");
  }
  if (!Assign(m.why(), wire::WhyWaiting::kNothing, wire::WhyWaiting::kUnserved, entry.why)) {
    return Unknown("question");
  }
  entry.request.value = m.request();
  entry.destination.run_by.text = std::move(*m.mutable_run_by());
  entry.destination.service.text = std::move(*m.mutable_service());
  entry.at = FromMicros(m.at());
  entry.format = std::move(*m.mutable_format());
  sealed.reference = std::move(*m.mutable_sealed_reference());
  sealed.body = std::move(*m.mutable_sealed_body());
  return absl::OkStatus();
}

}  // namespace ecluse::store::record
