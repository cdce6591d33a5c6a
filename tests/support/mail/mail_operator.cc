// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mail/mail_operator.h"

#include <fmt/format.h>

#include <functional>

#include "adapters/protocols/mail/arl.h"
#include "adapters/protocols/mail/cms.h"
#include "adapters/protocols/mail/gzip.h"
#include "adapters/protocols/mail/message.h"
#include "adapters/protocols/mail/mime.h"
#include "adapters/protocols/mail/seal.h"
#include "proto/b2/check.h"
#include "tests/support/mail/noemie_writer.h"
#include "tests/support/operator/ledger.h"
#include "tests/support/patients/dice.h"

namespace ecluse {
namespace {

constexpr size_t kMostBytes = 16 << 20;
constexpr char kOwnNumber[] = "00000099999005";

std::string Hex(const std::string& bytes) {
  std::string hex;
  for (const char c : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return hex;
}

// The consent part of a mail, in clear.
absl::StatusOr<mail::MimePart> ConsentPart(const mail::Mime& mime, const SmimeKeys& keys) {
  for (const mail::MimePart& part : mime.parts) {
    if (part.type == "application/edi-consent") return part;
    if (part.type != "application/pkcs7-mime") continue;
    auto plain = mail::Decrypt(part.bytes, keys.certificate, keys.key);
    if (!plain.ok()) return plain.status();
    auto inner = mail::ReadMime(*plain, {});
    if (!inner.ok()) return inner.status();
    return ConsentPart(*inner, keys);
  }
  return absl::InvalidArgumentError("no consent part");
}

// "<20261201120000.4711@own.domain>": the number after the dot is the request's.
std::string RequestOf(const std::string& message_id) {
  const size_t dot = message_id.find('.');
  const size_t at = message_id.find('@');
  return dot < at && at != std::string::npos ? message_id.substr(dot + 1, at - dot - 1) : "0";
}

std::string DayText(absl::Time now) { return absl::FormatTime("%y%m%d", now, absl::UTCTimeZone()); }

}  // namespace

MailOperator::MailOperator(Options options, std::unique_ptr<Ledger> ledger)
    : options_(std::move(options)), ledger_(std::move(ledger)) {}
MailOperator::~MailOperator() = default;

absl::StatusOr<std::unique_ptr<MailOperator>> MailOperator::Open(Options options) {
  auto ledger = Ledger::Open(options.ledger);
  if (!ledger.ok()) return ledger.status();
  return std::unique_ptr<MailOperator>(new MailOperator(std::move(options), *std::move(ledger)));
}

MailPlan MailOperator::PlanFor(const std::string& key, uint32_t arrivals) const {
  if (options_.plan) return options_.plan(key, arrivals);
  uint64_t mixed = options_.seed;
  for (const char c : key) mixed = mixed * 1099511628211ULL + static_cast<unsigned char>(c);
  patients::Dice dice(mixed);
  MailPlan plan;
  const MailShares& shares = options_.shares;
  const uint64_t first = dice.Below(100);
  if (first < shares.negative) {
    plan.ack = MailPlan::Ack::kNegative;
  } else if (first < shares.negative + shares.lost && arrivals == 1) {
    plan.ack = MailPlan::Ack::kLost;
  }
  plan.repeated = dice.Below(100) < shares.repeated;
  const uint64_t second = dice.Below(100);
  if (second < shares.rejected) {
    plan.state = 'R';
    plan.paid_percent = 0;
  } else if (second < shares.rejected + shares.other_amount) {
    plan.paid_percent = 80;
  }
  return plan;
}

absl::StatusOr<size_t> MailOperator::ReadMails() {
  auto box = options_.open(options_.mailbox);
  if (!box.ok()) return box.status();
  const auto items = (*box)->List(10'000);
  if (!items.ok()) return items.status();
  for (const auto& item : *items) {
    const auto text = (*box)->Fetch(item.id);
    if (!text.ok()) return text.status();
    if (absl::Status taken = Take(*text); !taken.ok()) return taken;
    if (absl::Status removed = (*box)->Remove(item.id); !removed.ok()) return removed;
  }
  return items->size();
}

absl::Status MailOperator::Take(const std::string& text) {
  const auto mime = mail::ReadMime(text, {});
  const auto part = mime.ok() ? ConsentPart(*mime, options_.keys) : mime.status();
  const auto file = part.ok() ? mail::Gunzip(part->bytes, kMostBytes) : part.status();
  auto bill = file.ok() ? mail::ReadBill(*file) : file.status();
  if (!bill.ok() || part->description != "IRIS/B2/Z" || b2::HasErrors(b2::Check(*file))) {
    ++strange_;
    return absl::OkStatus();
  }
  const std::string name = bill->sender + "/" + bill->file_id + "/" + bill->file_day;
  const auto known = seen_.find(name);
  if (known != seen_.end() && known->second.bill.bytes != *file) {
    ++conflicts_;
    return absl::OkStatus();
  }
  Seen& seen = seen_[name];
  const bool first = seen.arrivals++ == 0;
  const auto practice = options_.practices.find(bill->sender);
  seen.key =
      fmt::format("{}-{}", practice == options_.practices.end() ? "unknown" : practice->second,
                  RequestOf(mime->message_id));
  seen.bill = *std::move(bill);
  seen.reply_to = mime->from;
  seen.plan = PlanFor(seen.key, seen.arrivals);
  seen.taken = seen.plan.ack != MailPlan::Ack::kNegative;
  if (first && seen.taken) {
    if (absl::Status noted = Note(seen); !noted.ok()) return noted;
  }
  return seen.plan.ack == MailPlan::Ack::kLost ? absl::OkStatus() : Acknowledge(seen);
}

absl::Status MailOperator::Note(const Seen& seen) {
  Acceptance line;
  line.key = seen.key;
  line.attempt = 1;
  line.practice = seen.key.substr(0, seen.key.rfind('-'));
  line.sha256 = Hex(mail::Digest(seen.bill.bytes));
  line.bytes = seen.bill.bytes.size();
  line.at = options_.now();
  return ledger_->Append(line);
}

absl::Status MailOperator::Acknowledge(const Seen& seen) {
  mail::Acknowledgement ack;
  ack.sender = kOwnNumber;
  ack.receiver = seen.bill.sender;
  ack.file_id = seen.bill.file_id;
  ack.file_day = seen.bill.file_day;
  ack.positive = seen.taken;
  for (const mail::Lot& lot : seen.bill.lots) {
    ack.lots.push_back({lot, seen.taken, {}});
    if (!seen.taken) ack.lots.back().reasons.push_back({"SIM01", "SIMULATED REFUSAL OF A LOT"});
  }
  return Send(seen, "ARL/Z", mail::WriteAcknowledgement(ack));
}

absl::StatusOr<size_t> MailOperator::Answer() {
  size_t count = 0;
  for (auto& [name, seen] : seen_) {
    if (!seen.taken || seen.answered) continue;
    seen.plan = PlanFor(seen.key, seen.arrivals);
    std::vector<SaidOfInvoice> said;
    for (const auto& invoice : seen.bill.invoices) {
      said.push_back({invoice.number, invoice.lot, invoice.asked, seen.plan.state,
                      invoice.asked * seen.plan.paid_percent / 100,
                      seen.plan.state == 'R' ? "S001" : "",
                      seen.plan.state == 'R' ? "SIMULATED REJECTION" : ""});
    }
    const std::string bytes = WriteNoemie(kOwnNumber, seen.bill.sender, DayText(options_.now()),
                                          "TRANSFER " + seen.bill.file_id, said);
    if (absl::Status sent = Send(seen, "NOEMIE/Z", bytes); !sent.ok()) return sent;
    // Deferred is no answer: the next round says more.
    seen.answered = seen.plan.state != 'D';
    ++count;
  }
  return count;
}

absl::Status MailOperator::Send(const Seen& seen, const std::string& description,
                                const std::string& bytes) {
  std::string part =
      mail::Part("application/EDI-consent", description, mail::Gzip(bytes, "RETURN.gz"));
  if (!options_.reader.empty()) {
    auto sealed = mail::Encrypt(part, options_.reader, mail::Cipher::kAes128);
    if (!sealed.ok()) return sealed.status();
    part = mail::Part("application/pkcs7-mime; smime-type=enveloped-data", "", *sealed);
  }
  mail::SmtpSite site = options_.smtp;
  site.to = seen.reply_to;
  for (int i = 0; i < (seen.plan.repeated ? 2 : 1); ++i) {
    const std::string text = fmt::format(
        "From: <{}>\r\nTo: <{}>\r\nSubject: {}\r\nMessage-ID: <{}.{}@operator>\r\nMIME-Version: "
        "1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n{}\r\n--b--\r\n",
        site.from, site.to, description, absl::ToUnixMillis(options_.now()), ++mails_, part);
    const mail::Submitted sent = options_.submit(site, text);
    if (sent.broke != mail::Submitted::Break::kNone) {
      return absl::UnavailableError(fmt::format("a return was not sent: {}", sent.code));
    }
  }
  return absl::OkStatus();
}

}  // namespace ecluse
