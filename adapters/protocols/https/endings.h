// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "adapters/protocols/http/exchange.h"
#include "proto/outcome.h"

namespace ecluse::https {

using http::Exchange;
using http::Site;

// Each way an exchange can end.
enum class Ending : uint8_t {
  // Not a byte of the body was written.
  kNoConnection,
  kUntrusted,
  kOwnTrouble,
  kBrokenBeforeBody,
  kStrangeBeforeBody,  // an answer that refuses nothing we know, before the body was sent
  // The body was begun, and no whole answer came.
  kTimeoutAfterBody,
  kBrokenAfterBody,
  kOversizeAnswer,
  // A whole answer.
  kDecision,      // 200 with a decision that can be read
  kPending,       // 202
  kDuplicate,     // 409: the operator has this submission key already
  kNeverHad,      // 404 that names our submission key
  kInvalid,       // 400, 413, 415, 422: not as it is
  kLogin,         // 401, 403
  kWrongAddress,  // 404 without our key, 405, 410: nobody lives there
  kBusy,          // 429
  kClosed,        // 503, or a page for people, where the operator promises that it took nothing
  kServerError,   // any other 5xx, and 503 without that promise
  kStrange,       // anything else: redirects, pages for people, decisions that can't be read
};

// What an ending means for the request.
enum class Meaning : uint8_t { kAnswered, kAccepted, kNotSent, kRejected, kCannotTell };

struct Row {
  Ending ending;
  Meaning deliver;
  Hindrance hindrance;  // where deliver is kNotSent; it stops the whole destination
  Meaning probe;        // kNotSent: the operator truthfully never had it
};

// The one table. What stands under "a body byte may be there, no word of the operator" must never
// be kNotSent: the request would be sent twice.
extern const std::span<const Row> kEndings;

// What the operator promises, beyond the contract; each is a setting of its profile.
struct Promises {
  bool closed_503 = true;  // what it answers with 503 was not taken
  bool html_page = false;  // what it answers with 200 and a text/html page was not taken
};

// What an answer's body says, as far as it matters here.
struct Said {
  std::optional<Decision> decision;
  std::string never_had;  // a submission key
};
Said ReadAnswer(const std::string& body);

Ending EndingOfPost(const Exchange& exchange, const Promises& promises);
Ending EndingOfGet(const Exchange& exchange, const Promises& promises, const std::string& key);

// Seconds, or a date that is compared with `now`. Zero when there is none, or it can't be read;
// never shortened.
absl::Duration ReadRetryAfter(const std::string& text, absl::Time now);

// nullopt: cannot tell.
std::optional<Outcome> OutcomeOfPost(const Exchange& exchange, const Promises& promises,
                                     absl::Time now, std::span<const Row> table = kEndings);
std::optional<Outcome> OutcomeOfGet(const Exchange& exchange, const Promises& promises,
                                    const std::string& key, absl::Time now,
                                    std::span<const Row> table = kEndings);

}  // namespace ecluse::https
