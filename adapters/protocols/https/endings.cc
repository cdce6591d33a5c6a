// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/https/endings.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

namespace ecluse::https {
namespace {

using enum Ending;
constexpr Meaning kAnswered = Meaning::kAnswered;
constexpr Meaning kAccepted = Meaning::kAccepted;
constexpr Meaning kNotSent = Meaning::kNotSent;
constexpr Meaning kRejected = Meaning::kRejected;
constexpr Meaning kCannotTell = Meaning::kCannotTell;
constexpr Hindrance kNoHindrance{};

constexpr Row kTable[] = {
    {kNoConnection, kNotSent, Hindrance::kUnreachable, kCannotTell},
    {kUntrusted, kNotSent, Hindrance::kTls, kCannotTell},
    {kOwnTrouble, kNotSent, Hindrance::kAdapter, kCannotTell},
    {kBrokenBeforeBody, kNotSent, Hindrance::kUnreachable, kCannotTell},
    {kStrangeBeforeBody, kNotSent, Hindrance::kClosed, kCannotTell},
    {kTimeoutAfterBody, kCannotTell, kNoHindrance, kCannotTell},
    {kBrokenAfterBody, kCannotTell, kNoHindrance, kCannotTell},
    {kOversizeAnswer, kCannotTell, kNoHindrance, kCannotTell},
    {kDecision, kAnswered, kNoHindrance, kAnswered},
    {kPending, kAccepted, kNoHindrance, kAccepted},
    {kDuplicate, kAccepted, kNoHindrance, kCannotTell},
    {kNeverHad, kCannotTell, kNoHindrance, kNotSent},
    {kInvalid, kRejected, kNoHindrance, kCannotTell},
    {kLogin, kNotSent, Hindrance::kCredentials, kCannotTell},
    {kWrongAddress, kNotSent, Hindrance::kAdapter, kCannotTell},
    {kBusy, kNotSent, Hindrance::kBusy, kCannotTell},
    {kClosed, kNotSent, Hindrance::kClosed, kCannotTell},
    {kServerError, kCannotTell, kNoHindrance, kCannotTell},
    {kStrange, kCannotTell, kNoHindrance, kCannotTell},
};

const Row& RowOf(Ending ending, std::span<const Row> table) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Row& row) { return row.ending == ending; });
  static constexpr Row kUnknown{kStrange, kCannotTell, kNoHindrance, kCannotTell};
  return found == table.end() ? kUnknown : *found;
}

// Of a whole answer, whatever was asked.
Ending EndingOfStatus(const Exchange& e, const Promises& promises) {
  switch (e.status) {
    case 200:
      if (ReadAnswer(e.body).decision) return kDecision;
      return promises.html_page && e.format.starts_with("text/html") ? kClosed : kStrange;
    case 202:
      return kPending;
    case 400:
    case 413:
    case 415:
    case 422:
      return kInvalid;
    case 401:
    case 403:
      return kLogin;
    case 404:
    case 405:
    case 410:
      return kWrongAddress;
    case 409:
      return kDuplicate;
    case 429:
      return kBusy;
    case 503:
      return promises.closed_503 ? kClosed : kServerError;
    default:
      return e.status >= 500 ? kServerError : kStrange;
  }
}

std::optional<Outcome> OutcomeOf(Meaning meaning, Hindrance hindrance, const Exchange& e,
                                 bool whole_destination, absl::Time now) {
  switch (meaning) {
    case Meaning::kAnswered:
      return outcome::Answered{ReadAnswer(e.body).decision.value_or(Decision::kOther), e.format,
                               e.body};
    case Meaning::kAccepted:
      return outcome::Accepted{ReadRetryAfter(e.retry_after, now)};
    case Meaning::kNotSent:
      return outcome::Deferred{hindrance, ReadRetryAfter(e.retry_after, now), whole_destination};
    case Meaning::kRejected:
      return outcome::Rejected{e.format, e.body};
    case Meaning::kCannotTell:
      break;
  }
  return std::nullopt;
}

}  // namespace

const std::span<const Row> kEndings = kTable;

Ending EndingOfPost(const Exchange& e, const Promises& promises) {
  if (e.broke == Exchange::Break::kNone) {
    const Ending ending = EndingOfStatus(e, promises);
    const bool knows = ending != kStrange && ending != kServerError;
    return e.body_written || knows ? ending : kStrangeBeforeBody;
  }
  if (!e.body_written) {
    switch (e.broke) {
      case Exchange::Break::kNoConnection:
        return kNoConnection;
      case Exchange::Break::kUntrusted:
        return kUntrusted;
      case Exchange::Break::kOwnTrouble:
        return kOwnTrouble;
      default:
        return kBrokenBeforeBody;
    }
  }
  if (e.broke == Exchange::Break::kTimeout) return kTimeoutAfterBody;
  return e.broke == Exchange::Break::kOversize ? kOversizeAnswer : kBrokenAfterBody;
}

Ending EndingOfGet(const Exchange& e, const Promises& promises, const std::string& key) {
  switch (e.broke) {
    case Exchange::Break::kNone:
      break;
    case Exchange::Break::kNoConnection:
      return kNoConnection;
    case Exchange::Break::kUntrusted:
      return kUntrusted;
    case Exchange::Break::kOwnTrouble:
      return kOwnTrouble;
    case Exchange::Break::kOversize:
      return kOversizeAnswer;
    default:
      return kBrokenBeforeBody;
  }
  // A proxy or a wrong address says 404 too; only the operator can name our key.
  if (e.status == 404 && ReadAnswer(e.body).never_had == key) return kNeverHad;
  return EndingOfStatus(e, promises);
}

absl::Duration ReadRetryAfter(const std::string& text, absl::Time now) {
  int64_t seconds = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, seconds);
  if (parsed.ec == std::errc() && parsed.ptr == end) {
    return absl::Seconds(std::max<int64_t>(seconds, 0));
  }
  const time_t date = curl_getdate(text.c_str(), nullptr);
  if (date < 0) return absl::ZeroDuration();
  return std::max(absl::FromTimeT(date) - now, absl::ZeroDuration());
}

std::optional<Outcome> OutcomeOfPost(const Exchange& e, const Promises& promises, absl::Time now,
                                     std::span<const Row> table) {
  const Row& row = RowOf(EndingOfPost(e, promises), table);
  return OutcomeOf(row.deliver, row.hindrance, e, true, now);
}

std::optional<Outcome> OutcomeOfGet(const Exchange& e, const Promises& promises,
                                    const std::string& key, absl::Time now,
                                    std::span<const Row> table) {
  const Row& row = RowOf(EndingOfGet(e, promises, key), table);
  return OutcomeOf(row.probe, Hindrance::kAbsent, e, false, now);
}

}  // namespace ecluse::https
