// SPDX-License-Identifier: Apache-2.0
// What the simulated operator decides, and how it says so.
#include <fmt/format.h>

#include <algorithm>

#include "tests/support/operator/desk.h"
#include "tests/support/operator/faults.h"

namespace ecluse::simulated {
namespace {

using profile::Meaning;

// Said where the profile has no word of that meaning.
std::string_view OwnWord(Meaning meaning) {
  switch (meaning) {
    case Meaning::kReceived:
      return "recue";
    case Meaning::kPending:
      return "en attente";
    case Meaning::kGranted:
      return "accordee";
    case Meaning::kGrantedPendingDocuments:
      return "accordee sous reserve de pieces";
    case Meaning::kGrantedOtherAmount:
      return "accordee pour un autre montant";
    case Meaning::kGrantedUnusable:
      return "accordee, assure inconnu";
    case Meaning::kRefused:
      return "refusee";
    case Meaning::kTechnicalRefusal:
      return "refus technique";
    case Meaning::kExpired:
      return "perimee";
    case Meaning::kCancelled:
      return "annulee";
    case Meaning::kBilled:
      return "facturee";
    case Meaning::kNoRights:
      return "aucun droit ouvert";
    case Meaning::kUnavailable:
      return "service momentanement indisponible";
  }
  return "";
}

std::string WordIn(const profile::StatusMap& words, Meaning meaning) {
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.second == meaning; });
  return found == words.end() ? "" : found->first;
}

Meaning Nearest(Meaning meaning) {
  switch (meaning) {
    case Meaning::kPending:
      return Meaning::kReceived;
    case Meaning::kReceived:
      return Meaning::kPending;
    case Meaning::kGrantedOtherAmount:
    case Meaning::kGrantedUnusable:
      return Meaning::kGranted;
    default:
      return meaning;
  }
}

bool IsGrant(Meaning m) {
  return m == Meaning::kGranted || m == Meaning::kGrantedPendingDocuments ||
         m == Meaning::kGrantedOtherAmount || m == Meaning::kGrantedUnusable;
}

// Enough of a PDF to be carried; nobody is named in it. Made up to `bytes` with "0123456789…".
content::Letter LetterOf(std::string_view word, const std::string& reference, size_t bytes) {
  std::string text = fmt::format("%PDF-1.4\n% simulated letter: {} {}\n%%EOF\n", word, reference);
  for (char digit = '0'; text.size() < bytes; digit = digit == '9' ? '0' : char(digit + 1)) {
    text += digit;
  }
  return {"application/pdf", std::move(text)};
}

}  // namespace

void Describe(const content::Content& content, Submission& s) {
  if (const auto* a = std::get_if<content::Authorisation>(&content)) {
    s.asked = a->totals.asked;
  } else if (const auto* q = std::get_if<content::Quotation>(&content)) {
    s.asked = q->request.totals.asked;
  } else if (const auto* c = std::get_if<content::Cancellation>(&content)) {
    s.about = c->authorisation_number;
  } else if (const auto* d = std::get_if<content::Document>(&content)) {
    s.document = d->kind;
    s.about = d->authorisation_number;
  } else if (const auto* i = std::get_if<content::Invoice>(&content)) {
    s.asked = i->totals.asked;
    s.about = i->authorisation_number;
  }
}

ServiceOptions OptionsFrom(const profile::Service& service) {
  ServiceOptions options;
  options.name = service.name.text;
  options.words = service.words;
  options.needs_login = service.needs_login;
  options.bill_after_grant = service.bill_after_grant;
  options.bills_need_grant = service.bill_after_grant > absl::ZeroDuration();
  options.quotation_creates = service.rules.quotation_creates;
  options.number_at_once = service.rules.quotation_creates;
  options.documents_days = service.documents_days;
  return options;
}

bool Desk::CanSay(const std::string& service, Meaning meaning) const {
  const profile::StatusMap& words = OptionsOf(service).words;
  if (words.empty() || !WordIn(words, meaning).empty()) return true;
  if (meaning == Meaning::kGrantedUnusable) return !WordIn(words, Meaning::kNoRights).empty();
  return Nearest(meaning) != meaning && !WordIn(words, Nearest(meaning)).empty();
}

std::string Desk::Word(const std::string& service, Meaning meaning) const {
  const profile::StatusMap& words = OptionsOf(service).words;
  for (const Meaning m : {meaning, Nearest(meaning)}) {
    if (std::string word = WordIn(words, m); !word.empty()) return word;
  }
  return std::string(OwnWord(meaning));
}

void Desk::Decide(Case& c, const ServiceOptions& service, absl::Duration decide_in) {
  c.decided_at = c.at + decide_in;
  const Kind kind = c.submission.kind;
  Case* about = nullptr;
  if (const Case* found = Find(c.submission.about); found != nullptr && found != &c) {
    about = &cases_.at(found->submission.key);
  }
  const bool free_bill = kind == Kind::kBill && !service.bills_need_grant && about == nullptr;
  if (kind == Kind::kAuthorisation || kind == Kind::kQuotation || free_bill) {
    DecideByLot(c, service);
  } else {
    DecideAbout(c, about, service);
  }
}

void Desk::DecideByLot(Case& c, const ServiceOptions& service) {
  uint64_t ball = Scatter(options_.seed, c.submission.key, 1'000'003) % 100;
  if (const auto at = openings_.find(service.name);
      at != openings_.end() && c.at < at->second.refuses_until) {
    c.decided = Meaning::kRefused;
    c.reason = "hors conditions";
    return;
  }
  const std::pair<uint32_t, Meaning> shares[] = {
      {shares_.refused, Meaning::kRefused},
      {shares_.other_amount, Meaning::kGrantedOtherAmount},
      {shares_.pending_documents, Meaning::kGrantedPendingDocuments},
      {shares_.unusable, Meaning::kGrantedUnusable},
      {shares_.pending, Meaning::kPending},
  };
  c.decided = c.submission.kind == Kind::kBill ? Meaning::kBilled : Meaning::kGranted;
  for (const auto& [share, meaning] : shares) {
    if (ball >= share) {
      ball -= share;
      continue;
    }
    if (meaning == Meaning::kRefused) {
      c.decided = meaning;
      c.reason = "hors conditions";
    } else if (c.submission.kind == Kind::kBill) {
      // A bill is taken or not.
    } else if (meaning == Meaning::kPending) {
      c.decided_at = std::max(c.decided_at, c.at + options_.decide_after);
    } else if (CanSay(service.name, meaning)) {
      c.decided = meaning;
      if (meaning == Meaning::kGrantedUnusable) {
        c.reason = Word(c.submission.service, Meaning::kNoRights);
      }
    }
    return;
  }
}

void Desk::DecideAbout(Case& c, Case* about, const ServiceOptions& service) {
  c.decided = Meaning::kRefused;
  const Meaning now = about == nullptr ? Meaning::kRefused : MeaningNow(*about, c.at);
  if (about == nullptr) {
    c.reason = "dossier inconnu";
  } else if (c.submission.kind == Kind::kDocument) {
    c.decided = Meaning::kReceived;
    about->documents |= c.submission.document == content::DocumentKind::kOther ||
                        c.submission.document == content::DocumentKind::kPrescription;
  } else if (c.submission.kind == Kind::kCancellation) {
    if (!IsGrant(now) && now != Meaning::kPending) {
      c.reason = "ne peut plus etre annulee";
      return;
    }
    c.decided = Meaning::kCancelled;
    about->later = Meaning::kCancelled;
  } else if (now != Meaning::kGranted && now != Meaning::kGrantedOtherAmount) {
    c.reason = "aucun accord";
  } else if (c.at < about->decided_at + service.bill_after_grant) {
    c.reason = "facture trop tot apres l'accord";
  } else {
    c.decided = Meaning::kBilled;
    about->later = Meaning::kBilled;
  }
}

Meaning Desk::MeaningNow(const Case& c, absl::Time now) const {
  if (c.later) return *c.later;
  if (now < c.decided_at) return Meaning::kPending;
  const absl::Duration valid_for = OptionsOf(c.submission.service).valid_for;
  if (IsGrant(c.decided) && valid_for > absl::ZeroDuration() && now >= c.decided_at + valid_for) {
    return Meaning::kExpired;
  }
  if (c.decided == Meaning::kGrantedPendingDocuments && c.documents) return Meaning::kGranted;
  // Where the operator has no word for having received a document, it tells how the file stands.
  const profile::StatusMap& words = OptionsOf(c.submission.service).words;
  if (c.decided == Meaning::kReceived && !words.empty() && WordIn(words, c.decided).empty()) {
    const Case* about = Find(c.submission.about);
    if (about != nullptr && about != &c) return MeaningNow(*about, now);
  }
  return c.decided;
}

Verdict Desk::Say(const Case& c, Verdict::Said said) const {
  const ServiceOptions& service = OptionsOf(c.submission.service);
  const absl::Time now = options_.now();
  Verdict verdict;
  verdict.said = said;
  verdict.meaning = MeaningNow(c, now);
  verdict.asked = c.submission.asked;
  verdict.known_as = c.submission.key;
  content::Answer& answer = verdict.answer;
  answer.status = Word(c.submission.service, verdict.meaning);
  answer.reference = "DOS" + c.lot;
  const Kind kind = c.submission.kind;
  const bool granted = IsGrant(verdict.meaning);
  const bool numbered =
      kind == Kind::kAuthorisation || (kind == Kind::kQuotation && service.quotation_creates);
  if (numbered && (granted || service.number_at_once)) answer.authorisation_number = "OP" + c.lot;
  if (verdict.meaning == Meaning::kPending) verdict.ask_after = c.decided_at - now;
  if (!c.reason.empty()) answer.reasons.push_back({"SIM", c.reason});
  if (granted && c.submission.asked.cents > 0) {
    const bool less = c.decided == Meaning::kGrantedOtherAmount;
    answer.granted = {less ? c.submission.asked.cents * 4 / 5 : c.submission.asked.cents};
  }
  if (granted) {
    answer.granted_on = absl::ToCivilDay(c.decided_at, absl::UTCTimeZone());
    if (service.valid_for > absl::ZeroDuration()) {
      answer.valid_until = absl::ToCivilDay(c.decided_at + service.valid_for, absl::UTCTimeZone());
    }
  }
  if (verdict.meaning == Meaning::kGrantedPendingDocuments) {
    answer.wanted = {content::DocumentKind::kPrescription};
    if (service.documents_days > 0) {
      answer.wanted_by = absl::ToCivilDay(c.at, absl::UTCTimeZone()) + service.documents_days;
    }
  }
  if (kind == Kind::kAuthorisation && (granted || verdict.meaning == Meaning::kRefused)) {
    answer.letters.push_back(LetterOf(answer.status, answer.reference, letter_bytes_));
  }
  return verdict;
}

}  // namespace ecluse::simulated
