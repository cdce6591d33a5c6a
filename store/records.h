// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "store/store.h"

// The values of the store as bytes: version, protobuf body, checksum (FORMAT.md). What is sealed
// passes through here as opaque bytes.
namespace ecluse::store::record {

// The version that is written. A reader knows this one and all before it.
inline constexpr uint8_t kVersion = 1;

// For a body that is not protobuf (a sealed content): Begin replaces `out`, the body is appended
// to it, End closes it.
void BeginFrame(std::string& out);
void EndFrame(std::string& out);
// The body of a framed value, or why it can't be read. `body` points into `value`.
absl::Status Unframe(std::string_view value, std::string_view& body);

// Texts that are sealed at rest travel beside the plain value, in which they stay empty.
struct SealedAnswer {
  std::string reference;
  std::string body;
};

struct SealedGate {
  std::string reason;
  std::string source;
};

struct Numbers {
  uint64_t request = 0;
  uint64_t hold = 0;
  uint64_t entry = 0;
  uint64_t job = 0;
};

struct WrappedKey {
  PracticeId practice;  // empty: a key of the store itself
  std::string wrapped;
};

struct Head {
  uint32_t format = 0;
  std::string store;
  std::string master_key;
  StoreEpoch epoch = 0;
  StoreEpoch noted_epoch = 0;
  std::string place;    // see home.h
  std::string machine;  // likewise
  bool restored = false;
};

// Each Encode replaces `out`. Each Decode refuses a wrong checksum, an unknown version and values
// that do not exist; its result is undefined then.
void Encode(const Envelope& envelope, std::string_view sealed_reference, std::string& out);
void Encode(const State& state, std::string& out);
void Encode(const JournalEntry& entry, std::string_view sealed_note, std::string& out);
void Encode(const wire::InboxEntry& entry, const SealedAnswer& sealed, std::string& out);
void Encode(const GateState& gate, const SealedGate& sealed, std::string& out);
void Encode(const Hold& hold, std::string_view sealed_reason, std::string& out);
void Encode(const Job& job, std::string_view sealed_reason, std::string& out);
void Encode(const Account& account, std::string& out);
void Encode(const Payee& payee, std::string& out);
void Encode(const InboxMark& mark, std::string& out);
void Encode(const Numbers& numbers, std::string& out);
void Encode(const WrappedKey& key, std::string& out);
void Encode(const Head& head, std::string& out);
void Encode(uint64_t number, std::string& out);

// The parts of a value that its key says (request, position, practice, hold, job…) are left
// alone.
absl::Status Decode(std::string_view value, Envelope& envelope, std::string& sealed_reference);
absl::Status Decode(std::string_view value, State& state);
absl::Status Decode(std::string_view value, JournalEntry& entry, std::string& sealed_note);
absl::Status Decode(std::string_view value, wire::InboxEntry& entry, SealedAnswer& sealed);
absl::Status Decode(std::string_view value, GateState& gate, SealedGate& sealed);
absl::Status Decode(std::string_view value, Hold& hold, std::string& sealed_reason);
absl::Status Decode(std::string_view value, Job& job, std::string& sealed_reason);
absl::Status Decode(std::string_view value, Account& account);
absl::Status Decode(std::string_view value, Payee& payee);
absl::Status Decode(std::string_view value, InboxMark& mark);
absl::Status Decode(std::string_view value, Numbers& numbers);
absl::Status Decode(std::string_view value, WrappedKey& key);
absl::Status Decode(std::string_view value, Head& head);
absl::Status Decode(std::string_view value, uint64_t& number);

// Microseconds since 1970, rounded down; never and always are the extremes.
int64_t ToMicros(absl::Time time);
absl::Time FromMicros(int64_t micros);

}  // namespace ecluse::store::record
