// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/endings.h"

#include <algorithm>

namespace ecluse::mail {
namespace {

using enum Ending;
using Break = Submitted::Break;
constexpr Hindrance kNoHindrance{};

constexpr Row kTable[] = {
    {kTaken, Meaning::kSent, kNoHindrance, false},
    {kNoConnection, Meaning::kNotSent, Hindrance::kUnreachable, true},
    {kUntrusted, Meaning::kNotSent, Hindrance::kTls, true},
    {kLogin, Meaning::kNotSent, Hindrance::kCredentials, false},
    {kLoginLater, Meaning::kNotSent, Hindrance::kBusy, true},
    {kOwnTrouble, Meaning::kNotSent, Hindrance::kAdapter, true},
    {kBrokenBefore, Meaning::kNotSent, Hindrance::kUnreachable, true},
    {kRefusedLater, Meaning::kNotSent, Hindrance::kBusy, true},
    {kRefusedForGood, Meaning::kNotSent, Hindrance::kAdapter, true},
    {kBrokenWithin, Meaning::kNotSent, Hindrance::kUnreachable, true},
    {kMailRefusedLater, Meaning::kNotSent, Hindrance::kBusy, false},
    {kMailRefusedForGood, Meaning::kNotSent, Hindrance::kTechnical, false},
    {kSilentAfter, Meaning::kCannotTell, kNoHindrance, false},
};

Ending BeforeBody(const Submitted& s) {
  switch (s.broke) {
    case Break::kNoConnection:
      return kNoConnection;
    case Break::kUntrusted:
      return kUntrusted;
    case Break::kOwnTrouble:
      return kOwnTrouble;
    case Break::kLogin:
      return s.code >= 400 && s.code < 500 ? kLoginLater : kLogin;
    case Break::kRefused:
      return s.code >= 500 ? kRefusedForGood : kRefusedLater;
    default:
      return kBrokenBefore;
  }
}

}  // namespace

const std::span<const Row> kEndings = kTable;

Ending EndingOf(const Submitted& s) {
  if (s.broke == Break::kNone && s.body_ended) return kTaken;
  if (!s.body_begun) return BeforeBody(s);
  if (!s.body_ended) return kBrokenWithin;
  if (s.broke != Break::kRefused) return kSilentAfter;
  return s.code >= 500 ? kMailRefusedForGood : kMailRefusedLater;
}

const Row& RowOf(Ending ending, std::span<const Row> table) {
  const auto found = std::ranges::find(table, ending, &Row::ending);
  static constexpr Row kUnknown{kSilentAfter, Meaning::kCannotTell, kNoHindrance, false};
  return found == table.end() ? kUnknown : *found;
}

}  // namespace ecluse::mail
