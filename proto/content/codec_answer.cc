// SPDX-License-Identifier: Apache-2.0
#include <absl/status/status.h>

#include <algorithm>
#include <utility>

#include "proto/content/codec.h"
#include "proto/content/codec_parts.h"
#include "proto/content/content.pb.h"
#include "proto/content/limits.h"
#include "proto/content/reading.h"
#include "proto/limits.h"
#include "proto/shape.h"

namespace ecluse::content {
namespace {

constexpr uint32_t kVersion = 1;

bool IsControl(uint8_t c) { return c < 0x20 || c == 0x7F; }

std::string FromLatin1(std::string_view text) {
  std::string utf8;
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte < 0x80) {
      utf8 += c;
    } else if (byte < 0xA0) {
      utf8 += ' ';  // a control character
    } else {
      utf8 += static_cast<char>(0xC0U | byte >> 6U);
      utf8 += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return utf8;
}

// What a reader of answers will take: see codec.h.
std::string Clean(std::string_view said, size_t most) {
  std::string text(said);
  for (char& c : text) {
    if (IsControl(static_cast<uint8_t>(c))) c = ' ';
  }
  if (!IsText(text, text.size())) text = FromLatin1(text);
  if (text.size() <= most) return text;
  size_t end = most;
  while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

// Media types are ASCII.
std::string CleanFormat(std::string_view said) {
  return IsAnswerFormat(said) ? std::string(said) : std::string();
}

template <class List, class Function>
void PutFirst(const List& list, size_t most, const Function& put) {
  const size_t count = std::min(list.size(), most);
  for (size_t i = 0; i < count; ++i) put(list[i]);
}

void PutLists(const Answer& from, v1::Answer* to) {
  PutFirst(from.wanted, limits::kWanted,
           [&](DocumentKind kind) { to->add_wanted(static_cast<v1::DocumentKind>(kind)); });
  PutFirst(from.reasons, limits::kReasons, [&](const Reason& reason) {
    v1::Reason* one = to->add_reasons();
    one->set_code(Clean(reason.code, limits::kNumberBytes));
    one->set_text(Clean(reason.text, limits::kTextBytes));
  });
  PutFirst(from.letters, limits::kLetters, [&](const Letter& letter) {
    v1::Letter* one = to->add_letters();
    one->set_media_type(CleanFormat(letter.media_type));
    one->set_bytes(letter.bytes);
  });
  PutFirst(from.payments, limits::kPayments, [&](const Payment& payment) {
    v1::Payment* one = to->add_payments();
    one->set_invoice_number(Clean(payment.invoice_number, limits::kNumberBytes));
    one->set_asked_cents(payment.asked.cents);
    one->set_paid_cents(payment.paid.cents);
    one->set_transfer(Clean(payment.transfer, limits::kTextBytes));
    one->set_paid_on(DayNumber(payment.paid_on));
  });
}

std::string TakeFormat(const std::string& said, const At& at, Reading& in) {
  if (IsAnswerFormat(said)) return said;
  in.Fail(at, "content.text");
  return {};
}

// A kind that a newer version knows is some other document.
DocumentKind KnownDocument(int value) {
  const bool known = value >= 0 && value <= static_cast<int>(DocumentKind::kInvoice);
  return known ? static_cast<DocumentKind>(value) : DocumentKind::kOther;
}

void TakeLists(v1::Answer& from, Reading& in, Answer& to) {
  const At at;
  const At reasons = at / "reasons", letters = at / "letters", payments = at / "payments";
  const int wanted = in.Count(from.wanted_size(), limits::kWanted, at / "wanted");
  for (int i = 0; i < wanted; ++i) to.wanted.push_back(KnownDocument(from.wanted(i)));
  for (int i = 0; i < in.Count(from.reasons_size(), limits::kReasons, reasons); ++i) {
    const v1::Reason& one = from.reasons(i);
    to.reasons.push_back({in.Text(one.code(), limits::kNumberBytes, reasons[i] / "code"),
                          in.Text(one.text(), limits::kTextBytes, reasons[i] / "text")});
  }
  for (int i = 0; i < in.Count(from.letters_size(), limits::kLetters, letters); ++i) {
    v1::Letter* one = from.mutable_letters(i);
    to.letters.push_back({TakeFormat(one->media_type(), letters[i] / "media_type", in),
                          std::move(*one->mutable_bytes())});
  }
  for (int i = 0; i < in.Count(from.payments_size(), limits::kPayments, payments); ++i) {
    const v1::Payment& one = from.payments(i);
    const At here = payments[i];
    Payment& payment = to.payments.emplace_back();
    payment.invoice_number =
        in.Text(one.invoice_number(), limits::kNumberBytes, here / "invoice_number");
    payment.asked.cents = one.asked_cents();
    payment.paid.cents = one.paid_cents();
    payment.transfer = in.Text(one.transfer(), limits::kTextBytes, here / "transfer");
    payment.paid_on = in.GetDay(one.paid_on(), here / "paid_on");
  }
}

Answer TakeAnswer(v1::Answer& from, Reading& in) {
  const At at;
  Answer to;
  // Decisions that a newer version knows are none to us; the status tells the operator's word.
  if (from.decision() > 0 && from.decision() <= static_cast<int>(Decision::kBilled)) {
    to.decision = static_cast<Decision>(from.decision());
  }
  to.status = in.Text(from.status(), limits::kTextBytes, at / "status");
  to.reference = in.Text(from.reference(), limits::kNumberBytes, at / "reference");
  to.authorisation_number =
      in.Text(from.authorisation_number(), limits::kNumberBytes, at / "authorisation_number");
  to.granted_on = in.GetDay(from.granted_on(), at / "granted_on");
  to.valid_until = in.GetDay(from.valid_until(), at / "valid_until");
  if (from.has_granted_cents()) to.granted = Money{from.granted_cents()};
  to.wanted_by = in.GetDay(from.wanted_by(), at / "wanted_by");
  TakeLists(from, in, to);
  to.native_format = TakeFormat(from.native_format(), at / "native_format", in);
  to.native = std::move(*from.mutable_native());
  return to;
}

}  // namespace

std::string EncodeAnswer(const Answer& answer) {
  v1::Answer message;
  message.set_version(kVersion);
  message.set_decision(static_cast<v1::Decision>(answer.decision));
  message.set_status(Clean(answer.status, limits::kTextBytes));
  message.set_reference(Clean(answer.reference, limits::kNumberBytes));
  message.set_authorisation_number(Clean(answer.authorisation_number, limits::kNumberBytes));
  message.set_granted_on(DayNumber(answer.granted_on));
  message.set_valid_until(DayNumber(answer.valid_until));
  if (answer.granted) message.set_granted_cents(answer.granted->cents);
  message.set_wanted_by(DayNumber(answer.wanted_by));
  PutLists(answer, &message);
  message.set_native_format(CleanFormat(answer.native_format));
  message.set_native(answer.native);
  return message.SerializeAsString();
}

absl::StatusOr<Answer> DecodeAnswer(std::string_view bytes) {
  v1::Answer message;
  if (bytes.size() > ecluse::limits::kAnswerBytes) {
    return absl::InvalidArgumentError("answer: size.most");
  }
  if (!Parse(bytes, message)) {
    return absl::InvalidArgumentError("answer: content.readable");
  }
  if (message.version() != kVersion) return absl::InvalidArgumentError("answer: content.version");
  Reading in;
  Answer answer = TakeAnswer(message, in);
  if (in.mistakes().empty()) return answer;
  const Mistake& first = in.mistakes().front();
  return absl::InvalidArgumentError(first.path + ": " + std::string(first.rule->name));
}

}  // namespace ecluse::content
