// SPDX-License-Identifier: Apache-2.0
#include "proto/profile/status.h"

#include <utility>

#include "proto/content/codec.h"

namespace ecluse::profile {
namespace {

using Then = StatusRow::Then;

constexpr StatusRow kRows[] = {
    {Meaning::kReceived, Decision::kPending, Then::kKeepAsking},
    {Meaning::kPending, Decision::kPending, Then::kKeepAsking},
    {Meaning::kGranted, Decision::kGranted, Then::kSettle},
    // The file is open until the documents are there: a grant, a refusal or the end of its validity
    // is still to come.
    {Meaning::kGrantedPendingDocuments, Decision::kGrantedPendingDocuments, Then::kKeepAsking},
    {Meaning::kGrantedOtherAmount, Decision::kGrantedOtherAmount, Then::kSettle},
    // Nothing better follows by asking again; the practice has to look at its data.
    {Meaning::kGrantedUnusable, Decision::kGrantedUnusable, Then::kSettle},
    {Meaning::kRefused, Decision::kRefused, Then::kSettle},
    // No decision, and the same bytes would get the same word: a person looks.
    {Meaning::kTechnicalRefusal, Decision::kTechnicalRefusal, Then::kPark},
    {Meaning::kExpired, Decision::kExpired, Then::kSettle},
    {Meaning::kCancelled, Decision::kCancelled, Then::kSettle},
    {Meaning::kBilled, Decision::kBilled, Then::kSettle},
    // A refusal as well: the operator decided that it covers nobody of that name.
    {Meaning::kNoRights, Decision::kRefused, Then::kSettle},
    {Meaning::kUnavailable, Decision::kOther, Then::kNotSent},
};

const Meaning* Look(const StatusMap& words, const std::string& word) {
  const auto at = words.find(Fold(word));
  return at == words.end() ? nullptr : &at->second;
}

// "Granted" beside "unknown insured" was transmitted, but its shares may be nothing.
bool Unusable(const StatusMap& words, const content::Answer& answer) {
  for (const content::Reason& reason : answer.reasons) {
    for (const std::string* word : {&reason.code, &reason.text}) {
      const Meaning* meaning = Look(words, *word);
      if (meaning != nullptr && *meaning == Meaning::kNoRights) return true;
    }
  }
  return false;
}

}  // namespace

const std::span<const StatusRow> kStatuses = kRows;

std::optional<Outcome> OutcomeOf(const StatusMap& words, content::Answer answer,
                                 absl::Duration ask_after) {
  const Meaning* found = Look(words, answer.status);
  if (found == nullptr) return std::nullopt;
  Meaning meaning = *found;
  const bool granted = meaning == Meaning::kGranted || meaning == Meaning::kGrantedOtherAmount;
  if (granted && Unusable(words, answer)) meaning = Meaning::kGrantedUnusable;
  for (const StatusRow& row : kStatuses) {
    if (row.meaning != meaning) continue;
    answer.decision = row.decision;
    const std::string format(content::kAnswer);
    switch (row.then) {
      case Then::kSettle:
        return outcome::Answered{row.decision, format, content::EncodeAnswer(answer)};
      case Then::kKeepAsking:
        return outcome::Accepted{ask_after, row.decision, format, content::EncodeAnswer(answer)};
      case Then::kNotSent:
        return outcome::Deferred{Hindrance::kClosed, ask_after, true, 0};
      case Then::kPark:
        return outcome::Deferred{Hindrance::kTechnical, ask_after, false, 0};
    }
  }
  return std::nullopt;
}

}  // namespace ecluse::profile
