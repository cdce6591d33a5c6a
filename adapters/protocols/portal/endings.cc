// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/portal/endings.h"

#include <algorithm>
#include <utility>

#include "adapters/protocols/http/retry_after.h"
#include "adapters/protocols/portal/answer.h"
#include "proto/content/codec.h"
#include "proto/limits.h"
#include "proto/profile/status.h"

namespace ecluse::portal {
namespace {

using enum Ending;
using http::Exchange;
using profile::Meaning;
constexpr Then kAsSaid = Then::kAsSaid;
constexpr Then kAccepted = Then::kAccepted;
constexpr Then kNotSent = Then::kNotSent;
constexpr Then kRejected = Then::kRejected;
constexpr Then kCannotTell = Then::kCannotTell;
constexpr Hindrance kNone{};
constexpr bool kAll = true;
constexpr bool kOne = false;

constexpr Row kTable[] = {
    {kNoConnection, kNotSent, Hindrance::kUnreachable, kAll, kCannotTell, kNone},
    {kUntrusted, kNotSent, Hindrance::kTls, kAll, kCannotTell, kNone},
    {kOwnTrouble, kNotSent, Hindrance::kAdapter, kAll, kCannotTell, kNone},
    {kBrokenBeforeBody, kNotSent, Hindrance::kUnreachable, kAll, kCannotTell, kNone},
    {kStrangeBeforeBody, kNotSent, Hindrance::kClosed, kAll, kCannotTell, kNone},
    {kNobodyThere, kNotSent, Hindrance::kAdapter, kAll, kCannotTell, kNone},
    {kTimeoutAfterBody, kCannotTell, kNone, kOne, kCannotTell, kNone},
    {kBrokenAfterBody, kCannotTell, kNone, kOne, kCannotTell, kNone},
    {kOversizeAnswer, kCannotTell, kNone, kOne, kCannotTell, kNone},
    {kWord, kAsSaid, kNone, kOne, kAsSaid, kNone},
    {kUnavailable, kNotSent, Hindrance::kClosed, kAll, kNotSent, Hindrance::kClosed},
    {kTaken, kAccepted, kNone, kOne, kAccepted, kNone},
    {kDuplicate, kAccepted, kNone, kOne, kCannotTell, kNone},
    {kSameContent, kRejected, kNone, kOne, kCannotTell, kNone},
    {kNeverHad, kCannotTell, kNone, kOne, kNotSent, Hindrance::kAbsent},
    {kTechnical, kNotSent, Hindrance::kTechnical, kOne, kCannotTell, kNone},
    {kInvalid, kRejected, kNone, kOne, kCannotTell, kNone},
    {kLogin, kNotSent, Hindrance::kCredentials, kOne, kNotSent, Hindrance::kCredentials},
    {kLoginMissing, kNotSent, Hindrance::kAdapter, kAll, kCannotTell, kNone},
    {kAccountNotOpen, kNotSent, Hindrance::kAccount, kOne, kNotSent, Hindrance::kAccount},
    {kServiceNotOpen, kNotSent, Hindrance::kClosed, kAll, kCannotTell, kNone},
    {kBusy, kNotSent, Hindrance::kBusy, kAll, kCannotTell, kNone},
    {kClosed, kNotSent, Hindrance::kClosed, kAll, kCannotTell, kNone},
    {kServerError, kCannotTell, kNone, kOne, kCannotTell, kNone},
    {kStrange, kCannotTell, kNone, kOne, kCannotTell, kNone},
};

const Row& RowOf(Ending ending, std::span<const Row> table) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Row& row) { return row.ending == ending; });
  static constexpr Row kUnknown{kStrange, kCannotTell, kNone, kOne, kCannotTell, kNone};
  return found == table.end() ? kUnknown : *found;
}

std::optional<Meaning> MeaningOf(const Terms& terms, const std::string& status) {
  const auto found = terms.words.find(profile::Fold(status));
  if (found == terms.words.end()) return std::nullopt;
  return found->second;
}

Ending EndingOfWord(const Said& said, const Asked& asked, const Terms& terms) {
  const auto meaning = MeaningOf(terms, said.answer.status);
  if (!meaning) return kStrange;
  // To a question it is the word for what became of the request, and no trouble of the question.
  if (*meaning == Meaning::kTechnicalRefusal) return asked.probe ? kWord : kTechnical;
  return *meaning == Meaning::kUnavailable ? kUnavailable : kWord;
}

Ending EndingOfForbidden(const Said& said) {
  if (said.account_not_open) return kAccountNotOpen;
  return said.service_not_open ? kServiceNotOpen : kStrange;
}

Ending EndingOfConflict(const Said& said, const Asked& asked) {
  if (said.known_as.empty()) return kStrange;
  return said.known_as == asked.key ? kDuplicate : kSameContent;
}

// Of a whole answer. `read`: its body, where that is one of the contract.
Ending EndingOfStatus(const Exchange& e, const std::optional<Said>& read, const Asked& asked,
                      const Terms& terms) {
  const Said said = read.value_or(Said{});
  // Somebody else's answer says nothing of ours.
  if (!said.request.empty() && said.request != asked.key) return kStrange;
  switch (e.status) {
    case 200:
      if (read) return EndingOfWord(said, asked, terms);
      return terms.promises.html_page && e.format.starts_with("text/html") ? kClosed : kStrange;
    case 202:
      return kTaken;
    case 400:
    case 413:
    case 415:
      return kInvalid;
    case 422:
      return said.technical ? kTechnical : kInvalid;
    case 401:
      return asked.login ? kLogin : kLoginMissing;
    case 403:
      return EndingOfForbidden(said);
    case 404:
      // A proxy or a wrong address says 404 too; only the operator can name our key.
      if (asked.probe && said.never_had == asked.key) return kNeverHad;
      [[fallthrough]];
    case 405:
    case 410:
      return e.body_written || asked.probe ? kStrange : kNobodyThere;
    case 409:
      return EndingOfConflict(said, asked);
    case 429:
      return kBusy;
    case 503:
      return terms.promises.closed_503 ? kClosed : kServerError;
    default:
      return e.status >= 500 ? kServerError : kStrange;
  }
}

Ending EndingOfBreak(const Exchange& e) {
  using Break = Exchange::Break;
  if (e.body_written) {
    if (e.broke == Break::kTimeout) return kTimeoutAfterBody;
    return e.broke == Break::kOversize ? kOversizeAnswer : kBrokenAfterBody;
  }
  if (e.broke == Break::kNoConnection) return kNoConnection;
  if (e.broke == Break::kUntrusted) return kUntrusted;
  return e.broke == Break::kOwnTrouble ? kOwnTrouble : kBrokenBeforeBody;
}

Ending EndingOfRead(const Exchange& e, const std::optional<Said>& read, const Asked& asked,
                    const Terms& terms) {
  if (e.broke != Exchange::Break::kNone) return EndingOfBreak(e);
  const Ending ending = EndingOfStatus(e, read, asked, terms);
  const bool mute = ending == kStrange || ending == kServerError;
  return mute && !e.body_written && !asked.probe ? kStrangeBeforeBody : ending;
}

// The answer as the practice gets it: what was read, and the operator's own bytes.
content::Answer AnswerOf(const Exchange& e, const std::optional<Said>& read) {
  content::Answer answer;
  if (read) answer = read->answer;
  // Letters are in it twice, read and as they came, so both must find room.
  if (e.body.size() <= limits::kAnswerBytes / 2) {
    answer.native_format = e.format;
    answer.native = e.body;
  }
  return answer;
}

std::optional<Outcome> Final(content::Answer answer, Decision decision) {
  answer.decision = decision;
  return outcome::Answered{decision, std::string(content::kAnswer), content::EncodeAnswer(answer)};
}

std::optional<Outcome> OutcomeOfWord(const Exchange& e, const std::optional<Said>& read,
                                     const Asked& asked, const Terms& terms, absl::Duration wait) {
  content::Answer answer = AnswerOf(e, read);
  const auto meaning = MeaningOf(terms, answer.status);
  // Nothing more will ever be said of a document.
  if (asked.kind == Kind::kDocument && meaning == Meaning::kReceived) {
    return Final(std::move(answer), Decision::kAcknowledged);
  }
  auto outcome = profile::OutcomeOf(terms.words, answer, wait);
  const auto* answered = outcome ? std::get_if<outcome::Answered>(&*outcome) : nullptr;
  const bool differs = read && read->asked && answer.granted && *read->asked != *answer.granted;
  if (answered != nullptr && answered->decision == Decision::kGranted && differs) {
    return Final(std::move(answer), Decision::kGrantedOtherAmount);
  }
  return outcome;
}

}  // namespace

const std::span<const Row> kEndings = kTable;

Ending EndingOf(const Exchange& exchange, const Asked& asked, const Terms& terms) {
  return EndingOfRead(exchange, ReadAnswer(exchange.body), asked, terms);
}

std::string UnknownWord(const Exchange& exchange, const Asked& asked, const Terms& terms) {
  if (exchange.broke != Exchange::Break::kNone || exchange.status != 200) return "";
  const std::optional<Said> read = ReadAnswer(exchange.body);
  if (!read || (!read->request.empty() && read->request != asked.key)) return "";
  return MeaningOf(terms, read->answer.status) ? "" : read->answer.status;
}

std::optional<Outcome> OutcomeOf(const Exchange& exchange, const Asked& asked, const Terms& terms,
                                 absl::Time now, std::span<const Row> table) {
  const std::optional<Said> read = ReadAnswer(exchange.body);
  const Row& row = RowOf(EndingOfRead(exchange, read, asked, terms), table);
  const absl::Duration wait = http::ReadRetryAfter(exchange.retry_after, now);
  const Hindrance hindrance = asked.probe ? row.probe_hindrance : row.hindrance;
  switch (asked.probe ? row.probe : row.deliver) {
    case Then::kAsSaid:
      return OutcomeOfWord(exchange, read, asked, terms, wait);
    case Then::kAccepted:
      return outcome::Accepted{wait};
    case Then::kNotSent:
      return outcome::Deferred{hindrance, wait, !asked.probe && row.whole_destination,
                               hindrance == Hindrance::kCredentials ? asked.epoch : 0};
    case Then::kRejected:
      return outcome::Rejected{std::string(content::kAnswer),
                               content::EncodeAnswer(AnswerOf(exchange, read))};
    case Then::kCannotTell:
      break;
  }
  return std::nullopt;
}

}  // namespace ecluse::portal
