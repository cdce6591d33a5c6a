// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "adapters/protocols/http/exchange.h"
#include "proto/envelope.h"
#include "proto/outcome.h"
#include "proto/profile/profile.h"

namespace ecluse::portal {

// Each way an exchange can end.
enum class Ending : uint8_t {
  // Not a byte of the body was written.
  kNoConnection,
  kUntrusted,
  kOwnTrouble,
  kBrokenBeforeBody,
  kStrangeBeforeBody,  // an answer that refuses nothing we know, before the body was sent
  kNobodyThere,        // 404, 405, 410 before the body was sent: the address is wrong
  // The body was begun, and no whole answer came.
  kTimeoutAfterBody,
  kBrokenAfterBody,
  kOversizeAnswer,
  // A whole answer.
  kWord,            // 200 with a status word that the profile knows
  kUnavailable,     // 200 with a word that means "unavailable"
  kTaken,           // 202
  kDuplicate,       // 409 that names our key: it has it already
  kSameContent,     // 409 that names another key: it has the content, and did not take it again
  kNeverHad,        // 404 that names our key
  kTechnical,       // 422 with "technical", or 200 with such a word: no decision, nothing kept
  kInvalid,         // 400, 413, 415, 422: not as it is, and not kept
  kLogin,           // 401
  kLoginMissing,    // 401, and there was none: the profile says that none is needed
  kAccountNotOpen,  // 403 that says so
  kServiceNotOpen,  // 403 that says so: the function is not open again yet
  kBusy,            // 429
  kClosed,          // 503, or a page for people, where the operator promises that it took nothing
  kServerError,     // any other 5xx, and 503 without that promise
  kStrange,         // anything else: redirects, pages, other keys, unknown words, nonsense
};

// What an ending does to the request.
enum class Then : uint8_t { kAsSaid, kAccepted, kNotSent, kRejected, kCannotTell };

struct Row {
  Ending ending;
  Then deliver;
  Hindrance hindrance;        // where deliver is kNotSent
  bool whole_destination;     // … and whether it stops every request
  Then probe;                 // kNotSent: the operator truthfully never had it, or …
  Hindrance probe_hindrance;  // … where this is not kAbsent: it could not be asked
};

// The one table. Once a byte of the body may be with the operator, only a word of the operator's
// own that was understood may make it kNotSent or kRejected: else the request would be sent twice.
extern const std::span<const Row> kEndings;

// What the operator promises beyond the contract; each is a setting of its profile.
struct Promises {
  bool closed_503 = true;  // what it answers with 503 was not taken
  bool html_page = false;  // what it answers with 200 and a text/html page was not taken
};

// What the operator's words mean, of its profile.
struct Terms {
  Promises promises;
  profile::StatusMap words;
};

// What was asked.
struct Asked {
  Kind kind = Kind::kAuthorisation;
  bool probe = false;
  std::string key;     // of the submission
  bool login = true;   // whether a credential went with it
  uint64_t epoch = 0;  // of the credential that it went with
};

Ending EndingOf(const http::Exchange& exchange, const Asked& asked, const Terms& terms);

// The status word of an answer about our request that the profile does not know; empty: there is
// none.
std::string UnknownWord(const http::Exchange& exchange, const Asked& asked, const Terms& terms);

// nullopt: cannot tell.
std::optional<Outcome> OutcomeOf(const http::Exchange& exchange, const Asked& asked,
                                 const Terms& terms, absl::Time now,
                                 std::span<const Row> table = kEndings);

}  // namespace ecluse::portal
