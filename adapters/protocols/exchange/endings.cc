// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/exchange/endings.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/protocols/http/retry_after.h"
#include "proto/content/codec.h"
#include "proto/limits.h"
#include "proto/profile/status.h"

namespace ecluse::exchange {
namespace {

using enum Ending;
using http::Exchange;
constexpr Meaning kAsSaid = Meaning::kAsSaid;
constexpr Meaning kAccepted = Meaning::kAccepted;
constexpr Meaning kNotSent = Meaning::kNotSent;
constexpr Meaning kRejected = Meaning::kRejected;
constexpr Meaning kCannotTell = Meaning::kCannotTell;
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
    {kTooBig, kRejected, kNone, kOne, kCannotTell, kNone},
    {kTimeoutAfterBody, kCannotTell, kNone, kOne, kCannotTell, kNone},
    {kBrokenAfterBody, kCannotTell, kNone, kOne, kCannotTell, kNone},
    {kOversizeAnswer, kCannotTell, kNone, kOne, kCannotTell, kNone},
    {kWord, kAsSaid, kNone, kOne, kAsSaid, kNone},
    {kStillGranted, kCannotTell, kNone, kOne, kNotSent, Hindrance::kAbsent},
    {kDuplicate, kAccepted, kNone, kOne, kCannotTell, kNone},
    {kNeverHad, kCannotTell, kNone, kOne, kNotSent, Hindrance::kAbsent},
    {kInvalid, kRejected, kNone, kOne, kCannotTell, kNone},
    {kLogin, kNotSent, Hindrance::kCredentials, kOne, kNotSent, Hindrance::kCredentials},
    {kLoginMissing, kNotSent, Hindrance::kAdapter, kAll, kCannotTell, kNone},
    {kAccount, kNotSent, Hindrance::kAccount, kOne, kNotSent, Hindrance::kAccount},
    {kClosed, kNotSent, Hindrance::kClosed, kAll, kCannotTell, kNone},
    {kBusy, kNotSent, Hindrance::kBusy, kAll, kCannotTell, kNone},
    {kTechnical, kNotSent, Hindrance::kTechnical, kOne, kCannotTell, kNone},
    {kServerError, kCannotTell, kNone, kOne, kCannotTell, kNone},
    {kStrange, kCannotTell, kNone, kOne, kCannotTell, kNone},
};

const Row& RowOf(Ending ending, std::span<const Row> table) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Row& row) { return row.ending == ending; });
  static constexpr Row kUnknown{kStrange, kCannotTell, kNone, kOne, kCannotTell, kNone};
  return found == table.end() ? kUnknown : *found;
}

bool IsGrant(profile::Meaning meaning) {
  return meaning == profile::Meaning::kGranted ||
         meaning == profile::Meaning::kGrantedPendingDocuments ||
         meaning == profile::Meaning::kGrantedOtherAmount ||
         meaning == profile::Meaning::kGrantedUnusable;
}

// That an authorisation stands says nothing of a cancellation or an invoice to it.
bool Fits(profile::Meaning meaning, Subject subject) {
  const bool own = subject == Subject::kRequest || subject == Subject::kSupplement;
  if (own) return true;
  if (subject == Subject::kCancellation && meaning == profile::Meaning::kBilled) return false;
  return !IsGrant(meaning);
}

// The authorisation was asked for in place of the cancellation or invoice that belongs to it.
Ending EndingOfFollowed(const Response& said, profile::Meaning meaning, const Asked& asked,
                        const Promises& promises) {
  if (asked.subject == Subject::kCancellation) {
    if (meaning == profile::Meaning::kCancelled) return kWord;
    return IsGrant(meaning) && promises.cancels_at_once ? kStillGranted : kStrange;
  }
  if (asked.subject != Subject::kInvoice) return kStrange;
  if (meaning == profile::Meaning::kBilled) {
    return said.billed_by.empty() || said.billed_by == asked.key ? kWord : kStrange;
  }
  return IsGrant(meaning) && promises.bills_at_once ? kStillGranted : kStrange;
}

Ending EndingOfReply(const Fault& fault, const Asked& asked, const Terms&) {
  // A fault about another submission says nothing of ours.
  if (!fault.key.empty() && fault.key != asked.key) return kStrange;
  switch (ClassOf(fault.code)) {
    case FaultClass::kMalformed:
    case FaultClass::kInvalid:
    case FaultClass::kUnknownAuthorisation:
    case FaultClass::kSameContent:
      return kInvalid;
    case FaultClass::kLogin:
    case FaultClass::kPasswordChange:
    case FaultClass::kAccountLocked:
      return kLogin;
    case FaultClass::kAccountNotOpen:
      return kAccount;
    case FaultClass::kClosed:
    case FaultClass::kMaintenance:
    case FaultClass::kNotOpenForThis:
      return kClosed;
    case FaultClass::kBusy:
      return kBusy;
    case FaultClass::kTechnical:
      return kTechnical;
    case FaultClass::kUnknownReference:
      return fault.key.empty() ? kStrange : kNeverHad;
    case FaultClass::kDuplicate:
      return fault.key.empty() ? kStrange : kDuplicate;
    case FaultClass::kUnknown:
      break;
  }
  return kStrange;
}

Ending EndingOfReply(const Response& said, const Asked& asked, const Terms& terms) {
  const auto word = terms.words.find(profile::Fold(said.answer.status));
  if (word == terms.words.end()) return kStrange;
  if (said.key == asked.key) {
    const bool expected = asked.subject != Subject::kCancellation;
    return expected && Fits(word->second, asked.subject) ? kWord : kStrange;
  }
  if (!asked.probe || asked.followed.empty() || said.key != asked.followed) return kStrange;
  return EndingOfFollowed(said, word->second, asked, terms.promises);
}

Ending EndingOfReply(const CancelAcknowledgement& said, const Asked& asked, const Terms& terms) {
  const auto word = terms.words.find(profile::Fold(said.status));
  const bool ours = asked.subject == Subject::kCancellation && said.key == asked.key;
  return ours && word != terms.words.end() && Fits(word->second, asked.subject) ? kWord : kStrange;
}

Ending EndingOfStatus(const Exchange& e, const Promises& promises) {
  switch (e.status) {
    case 200:
      return promises.html_page && e.format.starts_with("text/html") ? kClosed : kStrange;
    case 401:  // "has not been applied because it lacks valid credentials" (RFC 9110, 15.5.2)
      return kLogin;
    case 429:
      return promises.busy_429 ? kBusy : kStrange;
    case 503:
      return promises.closed_503 ? kClosed : kServerError;
    case 403:
    case 404:
    case 405:
    case 410:
      return e.body_written ? kStrange : kNobodyThere;
    case 413:
    case 415:
      return e.body_written ? kStrange : kTooBig;
    default:
      return e.status >= 500 ? kServerError : kStrange;
  }
}

Ending EndingOfBreak(const Exchange& e) {
  using enum Exchange::Break;
  if (e.body_written) {
    if (e.broke == kTimeout) return kTimeoutAfterBody;
    return e.broke == kOversize ? kOversizeAnswer : kBrokenAfterBody;
  }
  if (e.broke == Exchange::Break::kNoConnection) return Ending::kNoConnection;
  if (e.broke == Exchange::Break::kUntrusted) return Ending::kUntrusted;
  if (e.broke == Exchange::Break::kOwnTrouble) return Ending::kOwnTrouble;
  return kBrokenBeforeBody;
}

// What was heard, and how the exchange ended for us.
struct Heard {
  Ending ending;
  std::optional<Reply> reply;
};

Heard Hear(const Exchange& e, const Asked& asked, const Terms& terms) {
  if (e.broke != Exchange::Break::kNone) return {EndingOfBreak(e), {}};
  Heard heard{EndingOfStatus(e, terms.promises), {}};
  if (auto reply = DecodeReply(e.body); reply.ok()) {
    // Only a fault comes with another status than 200.
    const bool fault = std::holds_alternative<Fault>(*reply);
    if (fault || e.status == 200) {
      heard.reply = *std::move(reply);
      const Ending said =
          std::visit([&](const auto& r) { return EndingOfReply(r, asked, terms); }, *heard.reply);
      // A fault that says nothing takes nothing from its status.
      if (said != kStrange || !fault) heard.ending = said;
    }
  }
  if (heard.ending == kLogin && !asked.login) heard.ending = kLoginMissing;
  const bool mute = heard.ending == kStrange || heard.ending == kServerError;
  if (mute && !e.body_written) heard.ending = kStrangeBeforeBody;
  return heard;
}

absl::Duration Wait(uint64_t seconds) {
  const int64_t most = limits::kDurationMillis / 1000;
  return absl::Seconds(
      std::min(static_cast<int64_t>(std::min<uint64_t>(seconds, INT64_MAX)), most));
}

absl::Duration WaitOf(const Heard& heard, const Exchange& e, absl::Time now) {
  absl::Duration said;
  if (heard.reply) {
    if (const auto* fault = std::get_if<Fault>(&*heard.reply)) said = Wait(fault->retry_after_s);
    if (const auto* rsp = std::get_if<Response>(&*heard.reply)) said = Wait(rsp->ask_after_s);
  }
  return std::max(said, http::ReadRetryAfter(e.retry_after, now));
}

content::Answer AnswerOf(const Heard& heard, const Exchange& e) {
  content::Answer answer;
  if (heard.reply) {
    if (const auto* rsp = std::get_if<Response>(&*heard.reply)) answer = rsp->answer;
    if (const auto* adv = std::get_if<CancelAcknowledgement>(&*heard.reply)) {
      answer.status = adv->status;
      answer.authorisation_number = adv->authorisation_number;
      answer.reasons = adv->reasons;
    }
    if (const auto* fault = std::get_if<Fault>(&*heard.reply)) {
      answer.status = fault->code;
      answer.reasons = {{fault->code, fault->text}};
      const Contact& call = fault->contact;
      if (call != Contact{}) {
        answer.reasons.push_back(
            {"contact", fmt::format("{} {} {}", call.name, call.phone, call.mail)});
      }
    }
  } else {
    answer.status = fmt::format("HTTP {}", e.status);
  }
  // Letters are in it twice, so it must leave them room.
  if (e.body.size() <= limits::kAnswerBytes / 2) {
    answer.native_format = e.format;
    answer.native = e.body;
  }
  return answer;
}

Outcome Final(content::Answer answer, Decision decision) {
  answer.decision = decision;
  return outcome::Answered{decision, std::string(content::kAnswer), content::EncodeAnswer(answer)};
}

std::optional<Outcome> OutcomeOfWord(const Heard& heard, const Exchange& e, const Asked& asked,
                                     const Terms& terms, absl::Duration wait) {
  content::Answer answer = AnswerOf(heard, e);
  const auto word = terms.words.find(profile::Fold(answer.status));
  const bool received = word != terms.words.end() && word->second == profile::Meaning::kReceived;
  // Nothing more will ever be said of a document.
  if (asked.subject == Subject::kSupplement && received) {
    return Final(std::move(answer), Decision::kAcknowledged);
  }
  auto outcome = profile::OutcomeOf(terms.words, answer, wait);
  const auto* answered = outcome ? std::get_if<outcome::Answered>(&*outcome) : nullptr;
  const auto* rsp = std::get_if<Response>(&*heard.reply);
  const bool differs = rsp && rsp->asked && answer.granted && *rsp->asked != *answer.granted;
  if (answered != nullptr && answered->decision == Decision::kGranted && differs) {
    return Final(std::move(answer), Decision::kGrantedOtherAmount);
  }
  return outcome;
}

}  // namespace

const std::span<const Row> kEndings = kTable;

Ending EndingOf(const Exchange& exchange, const Asked& asked, const Terms& terms) {
  return Hear(exchange, asked, terms).ending;
}

std::string UnknownWord(const Exchange& exchange, const Terms& terms) {
  if (exchange.broke != Exchange::Break::kNone || exchange.status != 200) return "";
  const auto reply = DecodeReply(exchange.body);
  if (!reply.ok()) return "";
  std::string word;
  if (const auto* rsp = std::get_if<Response>(&*reply)) word = rsp->answer.status;
  if (const auto* adv = std::get_if<CancelAcknowledgement>(&*reply)) word = adv->status;
  return terms.words.contains(profile::Fold(word)) ? "" : word;
}

std::optional<Outcome> OutcomeOf(const Exchange& exchange, const Asked& asked, const Terms& terms,
                                 absl::Time now, std::span<const Row> table) {
  const Heard heard = Hear(exchange, asked, terms);
  const Row& row = RowOf(heard.ending, table);
  const absl::Duration wait = WaitOf(heard, exchange, now);
  const Hindrance hindrance = asked.probe ? row.probe_hindrance : row.hindrance;
  const bool all = !asked.probe && row.whole_destination;
  switch (asked.probe ? row.probe : row.deliver) {
    case Meaning::kAsSaid:
      return OutcomeOfWord(heard, exchange, asked, terms, wait);
    case Meaning::kAccepted:
      return outcome::Accepted{wait};
    case Meaning::kNotSent:
      return outcome::Deferred{hindrance, wait, all,
                               hindrance == Hindrance::kCredentials ? asked.epoch : 0};
    case Meaning::kRejected:
      return outcome::Rejected{std::string(content::kAnswer),
                               content::EncodeAnswer(AnswerOf(heard, exchange))};
    case Meaning::kCannotTell:
      break;
  }
  return std::nullopt;
}

}  // namespace ecluse::exchange
