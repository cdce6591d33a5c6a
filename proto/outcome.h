// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <string>
#include <variant>

namespace ecluse {

// What an operator decided, as far as the broker needs to know it.
enum class Decision : uint8_t {
  kOther = 0,    // the content says
  kGranted = 1,  // accordée
  kRefused = 2,  // refusée: the operator's decision on the request
  // Taken in charge: for a file, the positive logical acknowledgement (ARL). Where nothing more
  // will follow it is an answer, else a word on the way.
  kAcknowledged = 3,
  kPending = 4,                  // received and numbered, not decided
  kGrantedPendingDocuments = 5,  // accordée sous réserve de pièces
  kGrantedOtherAmount = 6,       // not the amount that was asked
  kGrantedUnusable = 7,          // granted in words, but not to be relied on: a person looks
  kNotAcknowledged = 8,          // negative acknowledgement: the practice corrects and sends anew
  kPaid = 9,
  kPaidOtherAmount = 10,  // paid differs from asked
  kPaymentRejected = 11,  // the practice bills anew, under a new number
  kCancelled = 12,
  kExpired = 13,           // périmée
  kTechnicalRefusal = 14,  // no decision: the operator's system could not take it
  kBilled = 15,            // facturée: the operator knows a bill to it
};

// Why a request surely did not reach the operator.
enum class Hindrance : uint8_t {
  kUnreachable = 1,  // no connection: refused, no route, no name
  kTls = 2,          // the connection could not be trusted
  kClosed = 3,       // the operator says that it is closed (503, maintenance)
  kBusy = 4,         // the operator says: not now (429)
  kAbsent = 5,       // a probe learned that the operator never had it
  kAdapter = 6,      // the adapter could not begin: its own configuration or shutdown
  kCredentials = 7,  // the operator refused the login: the account needs a person
  kAccount = 8,      // this practice's account can't be used just now; others can
  kTooEarly = 9,     // the operator would refuse it before a date: `retry_after` tells how long
  kTechnical = 10,   // technical refusal: nothing was decided or kept; a person looks
};

namespace outcome {

// The operator answered for good: the request is settled, the answer goes to the inbox.
struct Answered {
  Decision decision = Decision::kOther;
  std::string format;       // media type of the body
  std::string body;         // at most limits::kAnswerBytes
  std::string number = {};  // the operator's own for the request: its authorisation number

  bool operator==(const Answered&) const = default;
};

// The operator has it and will answer later. It may say a word on the way: pending, acknowledged,
// granted pending documents. Each such word goes to the inbox once, however often it is reported.
struct Accepted {
  absl::Duration ask_after;              // when to ask again; zero: the profile's schedule
  Decision decision = Decision::kOther;  // the word on the way; kOther: none
  std::string format = {};               // of the body that goes with the word
  std::string body = {};
  std::string number = {};  // as in Answered

  bool operator==(const Accepted&) const = default;
};

// Surely not sent: trying again can't double anything.
struct Deferred {
  Hindrance hindrance = Hindrance::kUnreachable;
  absl::Duration retry_after;      // zero: the profile's back-off. Never shortened.
  bool whole_destination = false;  // the hindrance stops every request, not this one
  uint64_t epoch = 0;              // with kCredentials: of the credential that was refused

  bool operator==(const Deferred&) const = default;
};

// The operator will never take the request as it is, and has not kept it.
struct Rejected {
  std::string format;
  std::string body;  // the operator's own words, for the practice

  bool operator==(const Rejected&) const = default;
};

}  // namespace outcome

using Outcome =
    std::variant<outcome::Answered, outcome::Accepted, outcome::Deferred, outcome::Rejected>;

}  // namespace ecluse
