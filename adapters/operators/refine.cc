// SPDX-License-Identifier: Apache-2.0
#include "adapters/operators/refine.h"

#include <absl/time/civil_time.h>

#include <string>
#include <utility>

#include "proto/content/codec.h"

namespace ecluse {
namespace {

absl::TimeZone Paris() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone paris;
    // Without the zone's table (package tzdata) winter time is nearest.
    if (!absl::LoadTimeZone("Europe/Paris", &paris)) paris = absl::FixedTimeZone(3600);
    return paris;
  }();
  return zone;
}

std::optional<content::Money> AskedBy(const content::Content* content) {
  if (content == nullptr) return std::nullopt;
  if (const auto* request = std::get_if<content::Authorisation>(content)) {
    return request->totals.asked;
  }
  if (const auto* quotation = std::get_if<content::Quotation>(content)) {
    return quotation->request.totals.asked;
  }
  return std::nullopt;
}

bool AddLastDay(const profile::Service& service, content::Answer& answer, absl::Time now) {
  const bool wanted =
      answer.decision == Decision::kGrantedPendingDocuments || !answer.wanted.empty();
  if (!wanted || answer.wanted_by || service.documents_days == 0) return false;
  const content::Day from = answer.granted_on.value_or(absl::ToCivilDay(now, Paris()));
  answer.wanted_by = from + static_cast<absl::civil_diff_t>(service.documents_days);
  return true;
}

bool NameOtherAmount(const content::Content* content, content::Answer& answer) {
  const std::optional<content::Money> asked = AskedBy(content);
  if (answer.decision != Decision::kGranted || !asked || !answer.granted) return false;
  if (*asked == *answer.granted) return false;
  answer.decision = Decision::kGrantedOtherAmount;
  return true;
}

// Answered and Accepted alike: a decision and the answer that goes with it.
template <class Word>
void Refine(const profile::Service& service, const content::Content* content, Word& word,
            absl::Time now) {
  if (word.format != content::kAnswer) return;
  auto answer = content::DecodeAnswer(word.body);
  if (!answer.ok()) return;
  word.number = answer->authorisation_number;
  const bool dated = AddLastDay(service, *answer, now);
  const bool named = NameOtherAmount(content, *answer);
  if (!dated && !named) return;
  word.decision = answer->decision;
  word.body = content::EncodeAnswer(*answer);
}

}  // namespace

content::Day ParisDay(absl::Time at) { return absl::ToCivilDay(at, Paris()); }

std::optional<Outcome> TooEarly(const profile::Service& service, const content::Content* content,
                                absl::Time now) {
  if (service.bill_after_grant <= absl::ZeroDuration() || content == nullptr) return std::nullopt;
  const auto* bill = std::get_if<content::Invoice>(content);
  if (bill == nullptr || !bill->granted_on) return std::nullopt;
  const absl::Time granted_by = absl::FromCivil(*bill->granted_on + 1, Paris());
  const absl::Time from = granted_by + service.bill_after_grant;
  if (now >= from) return std::nullopt;
  return outcome::Deferred{Hindrance::kTooEarly, from - now, false, 0};
}

Outcome Refined(const profile::Service& service, const content::Content* content, Outcome outcome,
                absl::Time now) {
  if (auto* answered = std::get_if<outcome::Answered>(&outcome)) {
    Refine(service, content, *answered, now);
  } else if (auto* accepted = std::get_if<outcome::Accepted>(&outcome)) {
    Refine(service, content, *accepted, now);
  }
  return outcome;
}

}  // namespace ecluse
