// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "adapters/protocols/exchange/codec.h"
#include "adapters/protocols/http/exchange.h"
#include "proto/outcome.h"
#include "proto/profile/profile.h"

namespace ecluse::exchange {

// Each way an exchange can end.
enum class Ending : uint8_t {
  // Not a byte of the body was written.
  kNoConnection,
  kUntrusted,
  kOwnTrouble,
  kBrokenBeforeBody,
  kStrangeBeforeBody,  // an answer without a word that we know, before the body was sent
  kNobodyThere,        // 403, 404, 405, 410 before the body was sent: the address is wrong
  kTooBig,             // 413, 415 before the body was sent
  // The body was begun, and no whole answer came.
  kTimeoutAfterBody,
  kBrokenAfterBody,
  kOversizeAnswer,
  // A whole answer.
  kWord,          // RSP or ADV about our key, with a word that the profile knows and that fits
  kStillGranted,  // the authorisation stands as before, and the operator promises what that means
  kDuplicate,     // fault: it has our key already
  kNeverHad,      // fault that names our key: it has no such submission
  kInvalid,       // fault: not as it is, and not kept
  kLogin,         // fault, or 401
  kLoginMissing,  // the same, and there was none: the profile says that none is needed
  kAccount,       // fault: this account is not open again yet
  kClosed,        // fault; or 503, or a page for people, where the operator promises its meaning
  kBusy,          // fault; or 429, where the operator promises its meaning
  kTechnical,     // fault: a technical refusal
  kServerError,   // 5xx without a fault that we know
  kStrange,       // anything else: nonsense, other keys, unknown words and codes, other statuses
};

// What an ending means for the request.
enum class Meaning : uint8_t { kAsSaid, kAccepted, kNotSent, kRejected, kCannotTell };

struct Row {
  Ending ending;
  Meaning deliver;
  Hindrance hindrance;        // where deliver is kNotSent
  bool whole_destination;     // … and whether it stops every request
  Meaning probe;              // kNotSent: the operator truthfully never had it, or …
  Hindrance probe_hindrance;  // … where this is not kAbsent: it could not be asked
};

// The one table. Once a byte of the body may be with the operator, only a word of the operator's
// own that was understood may make it kNotSent or kRejected: else the request would be sent twice.
extern const std::span<const Row> kEndings;

// What the operator promises beyond the dialect; each is a setting of its profile.
struct Promises {
  bool closed_503 = false;  // what it answers with 503 was not taken
  bool busy_429 = false;    // what it answers with 429 was not taken
  bool html_page = false;   // what it answers with 200 and a text/html page was not taken
  // A cancellation that it took shows in the authorisation at once: one that still stands was
  // not cancelled. The same of an invoice.
  bool cancels_at_once = false;
  bool bills_at_once = false;
};

// What was asked.
struct Asked {
  Subject subject = Subject::kRequest;
  bool probe = false;
  std::string key;       // of the submission
  std::string followed;  // of the authorisation that it belongs to; empty: not known
  bool login = false;    // it went with a credential, of this epoch
  uint64_t epoch = 0;
};

// What the operator's words mean, of its profile.
struct Terms {
  Promises promises;
  profile::StatusMap words;
};

Ending EndingOf(const http::Exchange& exchange, const Asked& asked, const Terms& terms);

// The status word of a whole answer that the profile does not know; empty: there is none.
std::string UnknownWord(const http::Exchange& exchange, const Terms& terms);

// nullopt: cannot tell.
std::optional<Outcome> OutcomeOf(const http::Exchange& exchange, const Asked& asked,
                                 const Terms& terms, absl::Time now,
                                 std::span<const Row> table = kEndings);

}  // namespace ecluse::exchange
