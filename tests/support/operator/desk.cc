// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/desk.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "tests/support/operator/faults.h"

namespace ecluse::simulated {
namespace {

using profile::Meaning;

constexpr std::pair<Kind, std::string_view> kKinds[] = {
    {Kind::kAuthorisation, "authorisation"}, {Kind::kBill, "bill"},
    {Kind::kDocument, "document"},           {Kind::kCancellation, "cancellation"},
    {Kind::kQuotation, "quotation"},
};

std::string Sha256(const std::string& bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

// As the ledger's lines can carry it.
std::string OneField(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }, '?');
  return text;
}

}  // namespace

Function FunctionOf(Kind kind) {
  return kind == Kind::kBill ? Function::kBill : Function::kAuthorise;
}

std::string_view KindWord(Kind kind) {
  for (const auto& [k, word] : kKinds) {
    if (k == kind) return word;
  }
  return "other";
}

std::optional<Kind> KindOfWord(std::string_view word) {
  for (const auto& [kind, w] : kKinds) {
    if (w == word) return kind;
  }
  return std::nullopt;
}

Desk::Desk(DeskOptions options)
    : options_(std::move(options)),
      shares_(options_.shares),
      accounts_(options_.accounts, options_.wrong_logins) {
  openings_[""];  // the operator as a whole
  for (const ServiceOptions& service : options_.services) {
    openings_[service.name];
    loads_[service.name];
  }
}

absl::StatusOr<std::unique_ptr<Desk>> Desk::Open(DeskOptions options) {
  auto ledger = Ledger::Open(options.ledger);
  if (!ledger.ok()) return ledger.status();
  std::unique_ptr<Desk> desk(new Desk(std::move(options)));
  desk->ledger_ = *std::move(ledger);
  for (const Acceptance& a : desk->ledger_->before().accepted) {
    Submission s{a.key,
                 a.attempt,
                 a.practice,
                 a.service,
                 Kind::kAuthorisation,
                 "",
                 a.about,
                 {a.asked},
                 static_cast<content::DocumentKind>(a.document)};
    s.kind = KindOfWord(a.kind).value_or(Kind::kAuthorisation);
    // Whatever was to be decided later is decided by now, or soon.
    ++desk->visits_[a.key];
    desk->Keep(s, a.sha256, a.at, absl::ZeroDuration());
  }
  return desk;
}

const ServiceOptions& Desk::OptionsOf(const std::string& service) const {
  static const ServiceOptions kPlain;
  for (const ServiceOptions& s : options_.services) {
    if (s.name == service) return s;
  }
  return kPlain;
}

bool Desk::Has(const std::string& service) const {
  return !service.empty() && openings_.contains(service);
}

Desk::Visit::Visit(Desk& desk, const std::string& service, bool submits)
    : desk_(desk), service_(service), submits_(submits) {
  const std::lock_guard lock(desk_.mutex_);
  const auto load = desk_.loads_.find(service_);
  if (load != desk_.loads_.end()) load->second.Begin(desk_.options_.now(), submits_);
}

Desk::Visit::~Visit() {
  const std::lock_guard lock(desk_.mutex_);
  const auto load = desk_.loads_.find(service_);
  if (load != desk_.loads_.end()) load->second.End(submits_);
}

Door Desk::DoorOf(const std::string& service) const {
  const std::lock_guard lock(mutex_);
  const auto found = openings_.find(service);
  const Opening& whole = openings_.at("");
  if (found == openings_.end() || whole.door.how != Door::How::kOpen) return whole.door;
  const Opening& opening = found->second;
  if (const auto load = loads_.find(service); load != loads_.end()) {
    const absl::Duration closed = load->second.ClosedFor(options_.now());
    if (closed > absl::ZeroDuration()) return {Door::How::kBusy, closed};
  }
  if (opening.door.how != Door::How::kOpen || !opening.hours) return opening.door;
  const absl::Duration closed = opening.hours->ClosedFor(options_.now());
  if (closed <= absl::ZeroDuration()) return {};
  return {Door::How::kBusy, closed};
}

Desk::Entry Desk::Enter(const std::string& service, Function function, const std::string& login,
                        const std::string& secret) {
  const std::lock_guard lock(mutex_);
  Entry entry;
  if (OptionsOf(service).needs_login) {
    entry.trouble =
        accounts_.LogIn(login, secret, options_.now(), entry.practice, entry.retry_after);
  }
  const auto found = openings_.find(service);
  entry.function_closed = entry.trouble == LoginTrouble::kNone && found != openings_.end() &&
                          function > found->second.stage;
  return entry;
}

std::optional<Verdict> Desk::NotRecorded(const Submission& s) const {
  const auto opening = openings_.find(s.service);
  if (opening == openings_.end() || !opening->second.records_not) return std::nullopt;
  Verdict verdict;
  verdict.said = *opening->second.records_not;
  verdict.meaning = verdict.said == Verdict::Said::kTechnical ? Meaning::kTechnicalRefusal
                                                              : Meaning::kUnavailable;
  verdict.answer.status = Word(s.service, verdict.meaning);
  return verdict;
}

std::string Desk::AboutNow(const Submission& s, absl::Time now) const {
  if (s.about.empty()) return "";
  const Case* about = Find(s.about);
  if (about == nullptr) return "absent";
  switch (MeaningNow(*about, now)) {
    case Meaning::kGranted:
    case Meaning::kGrantedOtherAmount:
    case Meaning::kGrantedUnusable:
      return "granted";
    case Meaning::kReceived:
    case Meaning::kPending:
    case Meaning::kGrantedPendingDocuments:
      return "open";
    default:
      return "ended";
  }
}

std::optional<Verdict> Desk::TakeNothing(const Submission& s, const std::string& digest) {
  if (auto nothing = NotRecorded(s)) return nothing;
  const bool first = ++visits_[s.key] == 1;
  if (s.kind == Kind::kAuthorisation && first) {
    const uint64_t ball = Scatter(options_.seed, s.key, 3) % 100;
    Verdict verdict;
    verdict.said = Verdict::Said::kTechnical;
    verdict.meaning = Meaning::kTechnicalRefusal;
    if (ball >= shares_.technical) {
      verdict.said = Verdict::Said::kUnavailable;
      verdict.meaning = Meaning::kUnavailable;
    }
    verdict.answer.status = Word(s.service, verdict.meaning);
    const bool can =
        verdict.said == Verdict::Said::kTechnical || CanSay(s.service, verdict.meaning);
    if (ball < shares_.technical + shares_.unavailable && can) return verdict;
  }
  const auto known = cases_.find(s.key);
  if (options_.deduplicate && known != cases_.end()) {
    return Say(known->second, Verdict::Said::kDuplicate);
  }
  const auto same = contents_.find(s.practice + '\t' + digest);
  if (options_.deduplicate_content && same != contents_.end()) {
    return Say(cases_.at(same->second), Verdict::Said::kDuplicate);
  }
  return std::nullopt;
}

Verdict Desk::Receive(const Submission& submission, absl::Duration decide_in) {
  const std::string digest = Sha256(submission.content);
  Submission s = submission;
  s.content.clear();
  for (std::string* field : {&s.key, &s.practice, &s.service, &s.about}) *field = OneField(*field);
  const std::lock_guard lock(mutex_);
  if (auto nothing = TakeNothing(s, digest)) return *std::move(nothing);
  const absl::Time now = options_.now();
  const auto load = loads_.find(s.service);
  const absl::Status status = ledger_->Append(
      {s.key, s.attempt, s.practice, digest, submission.content.size(), now, s.service,
       std::string(KindWord(s.kind)), s.about, s.asked.cents, static_cast<uint32_t>(s.document),
       load == loads_.end() ? 0 : load->second.submitting(), AboutNow(s, now)});
  // A witness that can't write is no witness.
  if (!status.ok()) std::abort();
  options_.taken();
  return Say(Keep(s, digest, now, decide_in), Verdict::Said::kAnswer);
}

const Desk::Case& Desk::Keep(const Submission& s, const std::string& digest, absl::Time at,
                             absl::Duration decide_in) {
  ++accepted_;
  contents_.try_emplace(s.practice + '\t' + digest, s.key);
  Case& c = cases_[s.key];
  if (++c.accepted > 1) return c;
  c.submission = s;
  c.at = at;
  uint64_t lot = Scatter(options_.seed, s.key, 1'000'003);
  while (!lots_.try_emplace(c.lot = fmt::format("{:08}", lot % 100'000'000), s.key).second) ++lot;
  Decide(c, OptionsOf(s.service), decide_in);
  return c;
}

const Desk::Case* Desk::Find(const std::string& reference) const {
  const auto by_key = cases_.find(reference);
  if (by_key != cases_.end()) return &by_key->second;
  const size_t digits = reference.find_first_of("0123456789");
  if (digits == std::string::npos) return nullptr;
  const auto by_lot = lots_.find(reference.substr(digits));
  return by_lot == lots_.end() ? nullptr : &cases_.at(by_lot->second);
}

Verdict Desk::Look(const std::string& service, const std::string& reference,
                   const std::string& practice) const {
  const std::lock_guard lock(mutex_);
  const Case* c = Find(reference);
  Verdict verdict;
  verdict.said = Verdict::Said::kNeverHad;
  if (c == nullptr || (!service.empty() && c->submission.service != service)) return verdict;
  if (!practice.empty() && c->submission.practice != practice) return verdict;
  return Say(*c, Verdict::Said::kAnswer);
}

Desk::Count Desk::Accepted() const {
  const std::lock_guard lock(mutex_);
  return {accepted_, cases_.size()};
}

}  // namespace ecluse::simulated
