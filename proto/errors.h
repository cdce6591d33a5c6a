// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "proto/problem.h"

namespace ecluse {

// The stable codes of what can go wrong. Never renumbered; texts are in proto/texts.h.
enum class ErrorCode : uint16_t {
  kNone = 0,
  // The call itself.
  kVersion = 100,    // a protocol version that this broker does not speak
  kMalformed = 101,  // not a message of the protocol
  kTooLarge = 102,   // over a limit of PROTOCOL.md
  kForbidden = 103,  // this key may not say this verb
  kFrames = 104,     // the number of content frames does not fit the call
  // A deposit.
  kUnknownDestination = 200,
  kNotYourFiness = 201,  // the FINESS number is not one of this practice
  kReference = 202,      // empty, too long, or with control characters
  kFormat = 203,
  kKind = 204,
  kEmptyContent = 205,
  kContentTooLarge = 206,
  kConflict = 207,  // the same business key with other content: nothing changed
  kDiskLow = 208,   // intake is suspended until there is room again; try later
  kInvalid = 209,   // the content breaks rules; `problems` has all of them
  kFollows = 210,   // the request that it belongs to is not one of this practice's
  kNoRoute = 211,   // no routing table knows where the card's requests go
  kCard = 212,      // card items that can't be: missing, too long, or without the operator "card"
  // Requests that exist, or not.
  kUnknownRequest = 300,  // also when it is somebody else's
  kNotUnsent = 301,       // too late to withdraw: it may be at the operator
  kNotInDoubt = 302,
  kNotAsked = 304,  // it does not wait for that decision of the practice
  kNumber = 305,    // a number or proof that is too long, or missing
  kCaseFull = 306,  // over the limit of requests in one case
  kInboxGap = 303,  // acknowledged beyond what was ever put in the inbox
  // Adapters.
  kNotYourLease = 400,
  kStale = 401,  // the attempt is over; the report changed nothing
  kAnswerTooLarge = 402,
  kNotServed = 403,  // this adapter key does not serve that destination
  kNotNow = 404,     // gate or hold says no by now: put the task down
  kFenced = 405,     // the work came from another life of the store: put the task down
  // Ops.
  kReasonMissing = 500,
  kScope = 501,  // parts of the scope that do not go together
  kTooManyHolds = 502,
  kUnknownHold = 503,
  kPlanChanged = 504,  // what the token was given for is not what is there now
  kTime = 505,         // an announced hour in the past
  kNotClosed = 506,    // only a closed gate has an announced hour
  kUnknownJob = 507,
  kJobState = 508,      // the job is not in a state for that act
  kSecondPerson = 509,  // the same person can't approve
  kTooManyJobs = 510,
  kFilter = 511,  // parts of the filter that do not go together, or not with the act
  kBackup = 512,  // the copy could not be made; nothing else happened
};

// What the caller gets instead of what it asked for. `field` is the path of the value that is
// wrong ("items[3].finess"), never the value itself.
struct Error {
  ErrorCode code = ErrorCode::kNone;
  std::string field;
  std::vector<Problem> problems = {};  // kInvalid: all that is wrong, and the warnings

  bool operator==(const Error&) const = default;
};

}  // namespace ecluse
