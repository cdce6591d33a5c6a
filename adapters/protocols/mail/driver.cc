// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/driver.h"

#include <absl/status/status.h>

#include <algorithm>
#include <utility>

#include "proto/b2/keys.h"
#include "proto/content/codec.h"

namespace ecluse::mail {
namespace {

using outcome::Accepted;
using outcome::Deferred;
using outcome::Rejected;

absl::CivilDay ParisDay(absl::Time now) {
  absl::TimeZone paris;
  if (!absl::LoadTimeZone("Europe/Paris", &paris)) paris = absl::FixedTimeZone(3600);
  return absl::ToCivilDay(now, paris);
}

// The practice has to correct it: no operator ever saw it.
Rejected NotAsItIs(const absl::Status& why) {
  content::Answer answer;
  answer.decision = Decision::kTechnicalRefusal;
  answer.reasons.push_back({"b2", std::string(why.message())});
  return {std::string(content::kAnswer), content::EncodeAnswer(answer)};
}

bool IsBill(const Envelope& envelope) {
  const bool known = envelope.format == content::kB2 || envelope.format == content::kTyped;
  return envelope.kind == Kind::kBill && known;
}

Outcome OwnTrouble() { return Deferred{Hindrance::kAdapter, absl::ZeroDuration(), true}; }

Deferred NotSent(const Row& row, const Credential* credential) {
  Deferred deferred{row.hindrance, absl::ZeroDuration(), row.whole_destination};
  if (row.hindrance != Hindrance::kCredentials) return deferred;
  // A login of the deployment's own is nobody's account.
  if (credential == nullptr) return {Hindrance::kAdapter, absl::ZeroDuration(), true};
  deferred.epoch = credential->epoch;
  return deferred;
}

}  // namespace

absl::StatusOr<std::unique_ptr<MailDriver>> MailDriver::Open(Settings settings, Ports ports) {
  auto seal = Seal::Open(settings.register_key);
  if (!seal.ok()) return seal.status();
  auto memory = Register::Open(settings.register_file, *std::move(seal), ports.now());
  if (!memory.ok()) return memory.status();
  std::unique_ptr<MailDriver> driver(
      new MailDriver(std::move(settings), std::move(ports), *std::move(memory)));
  driver->ReadQuarantineAgain();
  return driver;
}

absl::Duration MailDriver::LongestDelivery() const { return settings_.smtp.total_timeout; }

absl::StatusOr<std::string> MailDriver::FileOf(const Envelope& envelope, std::string_view content,
                                               std::optional<Numbers> numbers) {
  if (envelope.format == content::kB2) return std::string(content);
  absl::StatusOr<content::Content> typed = content::Decode(content);
  if (!typed.ok()) return typed.status();
  const auto* invoice = std::get_if<content::Invoice>(&*typed);
  if (invoice == nullptr) return absl::InvalidArgumentError("not an invoice");
  if (!numbers) {
    auto next = register_->NextNumbers(b2::ToB2Finess(invoice->practitioner.finess),
                                       ParisDay(ports_.now()));
    if (!next.ok()) return absl::UnavailableError("the register");
    numbers = *std::move(next);
  }
  return BuildB2(*invoice, settings_.build, *numbers);
}

std::optional<Outcome> MailDriver::Prepare(const Envelope& envelope, std::string_view content,
                                           absl::Time registered_at) {
  if (!IsBill(envelope)) return Deferred{Hindrance::kTechnical, absl::ZeroDuration()};
  const absl::StatusOr<std::string> file = FileOf(envelope, content, std::nullopt);
  if (absl::IsInvalidArgument(file.status())) return NotAsItIs(file.status());
  if (!file.ok()) return Deferred{Hindrance::kAdapter, absl::ZeroDuration()};
  const absl::StatusOr<Bill> bill = ReadBill(*file);
  if (!bill.ok()) return NotAsItIs(bill.status());
  const MessageNames names{envelope.id.value, registered_at};
  auto mail =
      BuildMessage(settings_.message, names, bill->bytes, bill->sender, bill->invoices.size());
  if (!mail.ok()) return OwnTrouble();
  Submission submission;
  submission.request = envelope.id;
  submission.practice = envelope.practice.text;
  submission.message_id = MessageId(settings_.message, names);
  submission.mail = *std::move(mail);
  submission.registered_at = registered_at;
  if (!register_->Put(submission, *bill).ok()) return OwnTrouble();
  return std::nullopt;
}

std::optional<Outcome> MailDriver::Deliver(const Envelope& envelope, uint32_t,
                                           std::string_view content, const Credential* credential) {
  auto known = register_->Find(envelope.id);
  if (!known.ok()) return OwnTrouble();
  if (*known && ((*known)->settled || (*known)->ack != Ack::kNone)) {
    // A return has come: it was sent, whatever an earlier try saw.
    const auto word = register_->LastWord(envelope.id);
    return word.ok() ? *word : std::nullopt;
  }
  // What may have left is sent again to the byte; what surely did not is made anew, because the
  // recipient's certificate may be another one by now. Its names stay.
  if (!*known || (*known)->phase == Phase::kRegistered) {
    const absl::Time at = *known ? (*known)->registered_at : ports_.now();
    if (auto ended = Prepare(envelope, content, at)) return ended;
    known = register_->Find(envelope.id);
    if (!known.ok() || !*known) return OwnTrouble();
  }
  const absl::StatusOr<Sent> sent = Send(**known, credential);
  if (!sent.ok()) return OwnTrouble();
  if (sent->row->meaning == Meaning::kSent || sent->before == Phase::kSent) return Accepted{};
  if (sent->row->meaning == Meaning::kCannotTell || sent->before == Phase::kUnsure) {
    return std::nullopt;
  }
  return NotSent(*sent->row, credential);
}

absl::Status MailDriver::Render(const Envelope& envelope, std::string_view content) {
  if (!IsBill(envelope)) return absl::InvalidArgumentError("not a bill in a form that is mailed");
  const Numbers stand_in{"000001", 1, ParisDay(ports_.now())};
  const absl::StatusOr<std::string> file = FileOf(envelope, content, stand_in);
  if (!file.ok()) return file.status();
  const absl::StatusOr<Bill> bill = ReadBill(*file);
  if (!bill.ok()) return bill.status();
  return BuildMessage(settings_.message, {envelope.id.value, ports_.now()}, bill->bytes,
                      bill->sender, bill->invoices.size())
      .status();
}

absl::StatusOr<MailDriver::Sent> MailDriver::Send(const Submission& submission,
                                                  const Credential* credential) {
  const absl::StatusOr<Phase> before = register_->Began(submission.request, ports_.now());
  if (!before.ok()) return before.status();
  SmtpSite site = settings_.smtp;
  if (credential != nullptr) {
    site.login = credential->login;
    site.secret = credential->secret;
  }
  const Row& row = RowOf(EndingOf(ports_.submit(site, submission.mail)));
  Phase after = *before;
  if (row.meaning == Meaning::kSent) after = Phase::kSent;
  if (row.meaning == Meaning::kCannotTell) after = std::max(after, Phase::kUnsure);
  // A refused login counts as a try, so that it is not repeated with every probe.
  const bool nothing_left =
      row.meaning == Meaning::kNotSent && row.hindrance != Hindrance::kCredentials;
  // Where this is not noted the register goes on saying "unsure", which is never wrong.
  (void)(nothing_left ? register_->NothingLeft(submission)
                      : register_->Ended(submission.request, after));
  return Sent{*before, &row};
}

bool MailDriver::IsDue(const Submission& submission) const {
  return submission.phase != Phase::kRegistered && !submission.mail.empty() &&
         submission.tries <= settings_.most_resends &&
         ports_.now() >= settings_.resend.After(submission.last_try_at);
}

std::optional<Outcome> MailDriver::Probe(const Envelope& envelope, const Credential* credential) {
  const auto found = register_->Find(envelope.id);
  if (!found.ok()) return std::nullopt;
  const Deferred absent{Hindrance::kAbsent, absl::ZeroDuration()};
  if (!*found) {
    const bool knows_all = settings_.sole_carrier && envelope.deposited_at > register_->since();
    return knows_all ? std::optional<Outcome>(absent) : std::nullopt;
  }
  const Submission& submission = **found;
  const auto word = register_->LastWord(envelope.id);
  if (!word.ok()) return std::nullopt;
  if (submission.settled || submission.ack != Ack::kNone || *word) {
    return *word ? *word : Outcome(Accepted{});
  }
  if (submission.phase == Phase::kRegistered) {
    return settings_.sole_carrier ? std::optional<Outcome>(absent) : std::nullopt;
  }
  bool surely = submission.phase == Phase::kSent;
  if (IsDue(submission)) {
    const absl::StatusOr<Sent> sent = Send(submission, credential);
    if (sent.ok() && sent->row->meaning == Meaning::kSent) surely = true;
    if (sent.ok() && sent->row->hindrance == Hindrance::kCredentials) {
      return NotSent(*sent->row, credential);
    }
  }
  return surely ? std::optional<Outcome>(Accepted{}) : std::nullopt;
}

}  // namespace ecluse::mail
