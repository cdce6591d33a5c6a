// SPDX-License-Identifier: Apache-2.0
// Records read back whole: decoded, and what is sealed in them opened.
#include "store/rocks_reads.h"

namespace ecluse::store {

namespace {

absl::Status OpenInto(const Database& database, Sealed what, std::string_view owner,
                      std::string_view sealed, std::string& text) {
  auto opened = database.Open(what, owner, sealed);
  if (!opened.ok()) return opened.status();
  text = std::move(*opened);
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadEnvelope(const Database& database, RequestId id, std::string_view value,
                          Envelope& envelope) {
  std::string sealed;
  if (auto status = record::Decode(value, envelope, sealed); !status.ok()) return status;
  envelope.id = id;
  return OpenInto(database, Sealed::kReference, keyspace::Request(id), sealed, envelope.reference);
}

absl::Status ReadContent(const Database& database, RequestId id, std::string_view value,
                         std::string& content) {
  std::string_view sealed;
  if (auto status = record::Unframe(value, sealed); !status.ok()) return status;
  return OpenInto(database, Sealed::kContent, keyspace::Request(id), sealed, content);
}

absl::Status ReadEntry(const Database& database, std::string_view key, std::string_view value,
                       JournalEntry& entry) {
  std::string sealed;
  if (auto status = record::Decode(value, entry, sealed); !status.ok()) return status;
  if (sealed.empty()) return absl::OkStatus();
  return OpenInto(database, Sealed::kNote, key, sealed, entry.note);
}

absl::Status ReadAnswer(const Database& database, std::string_view key, std::string_view value,
                        wire::InboxEntry& entry) {
  record::SealedAnswer sealed;
  if (auto status = record::Decode(value, entry, sealed); !status.ok()) return status;
  if (key.size() < 8) return absl::DataLossError("an inbox key is too short");
  entry.position = keyspace::NumberAt(key, key.size() - 8);
  if (auto status = OpenInto(database, Sealed::kAnswerFor, key, sealed.reference, entry.reference);
      !status.ok()) {
    return status;
  }
  return OpenInto(database, Sealed::kAnswer, key, sealed.body, entry.body);
}

absl::Status ReadGate(const Database& database, std::string_view key, std::string_view value,
                      GateState& gate) {
  record::SealedGate sealed;
  if (auto status = record::Decode(value, gate, sealed); !status.ok()) return status;
  absl::Status status = absl::OkStatus();
  if (!sealed.reason.empty()) {
    status = OpenInto(database, Sealed::kGateReason, key, sealed.reason, gate.reason);
  }
  if (status.ok() && !sealed.source.empty()) {
    status = OpenInto(database, Sealed::kGateSource, key, sealed.source, gate.source);
  }
  return status;
}

absl::Status ReadJob(const Database& database, std::string_view key, std::string_view value,
                     Job& job) {
  std::string sealed;
  if (auto status = record::Decode(value, job, sealed); !status.ok()) return status;
  if (!keyspace::Parse(key, job.id)) return absl::DataLossError("a job's key has a wrong length");
  if (sealed.empty()) return absl::OkStatus();
  return OpenInto(database, Sealed::kJobReason, key, sealed, job.reason);
}

absl::Status ReadHold(const Database& database, std::string_view key, std::string_view value,
                      Hold& hold) {
  std::string sealed;
  if (auto status = record::Decode(value, hold, sealed); !status.ok()) return status;
  if (key.size() != 9) return absl::DataLossError("a hold's key has a wrong length");
  hold.id = {keyspace::NumberAt(key, 1)};
  if (sealed.empty()) return absl::OkStatus();
  return OpenInto(database, Sealed::kHoldReason, key, sealed, hold.reason);
}

}  // namespace ecluse::store
