// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/exchange/driver.h"

#include <absl/strings/escaping.h>
#include <absl/time/clock.h>
#include <fmt/format.h>

#include <utility>

#include "adapters/protocols/exchange/codec.h"
#include "proto/content/codec.h"
#include "proto/texts.h"

namespace ecluse::exchange {
namespace {

Subject SubjectOf(Kind kind) {
  switch (kind) {
    case Kind::kDocument:
      return Subject::kSupplement;
    case Kind::kCancellation:
      return Subject::kCancellation;
    case Kind::kBill:
      return Subject::kInvoice;
    case Kind::kAuthorisation:
    case Kind::kQuotation:
      break;
  }
  return Subject::kRequest;
}

std::string FollowedKey(const Envelope& envelope) {
  if (envelope.follows.value == 0) return "";
  Envelope followed;
  followed.practice = envelope.practice;
  followed.id = envelope.follows;
  return SubmissionKey(followed);
}

Asked AskedOf(const Envelope& envelope, bool probe, const Credential* credential) {
  return {SubjectOf(envelope.kind), probe,
          SubmissionKey(envelope),  FollowedKey(envelope),
          credential != nullptr,    credential == nullptr ? 0 : credential->epoch};
}

struct ToCall {
  Head head;
  Call operator()(content::Authorisation& asked) const {
    return Request{head, false, std::move(asked)};
  }
  Call operator()(content::Quotation& quotation) const {
    return Request{head, true, std::move(quotation.request)};
  }
  Call operator()(content::Document& document) const {
    return Supplement{head, std::move(document)};
  }
  Call operator()(content::Cancellation& cancellation) const {
    return Cancel{head, std::move(cancellation)};
  }
  Call operator()(content::Invoice& bill) const { return Invoice{head, std::move(bill)}; }
};

// Nothing was sent, and the same bytes would fare no better.
Outcome CannotBeSaid(const absl::Status& why) {
  content::Answer answer;
  answer.reasons = {{"content", std::string(why.message())}};
  return outcome::Rejected{std::string(content::kAnswer), content::EncodeAnswer(answer)};
}

bool IsLogin(const Credential& credential) {
  // HTTP Basic parts login and secret at the first colon (RFC 7617).
  return credential.login.find(':') == std::string::npos;
}

// The message of a typed content. An error: nothing was sent, and the same bytes would fare no
// better.
absl::StatusOr<std::string> MessageOf(const Envelope& envelope, std::string_view content,
                                      const std::string& key) {
  auto typed = content::Decode(content);
  if (!typed.ok()) return typed.status();
  if (content::KindOf(*typed) != envelope.kind) {
    return absl::InvalidArgumentError("the content is not of the request's kind");
  }
  return EncodeCall(std::visit(ToCall{{key, envelope.finess}}, *typed));
}

}  // namespace

std::optional<Outcome> ExchangeDriver::Say(const Envelope& envelope, const Asked& asked,
                                           const std::string& format, std::string_view body,
                                           std::vector<std::string> headers,
                                           const Credential* credential) {
  if (credential != nullptr) {
    if (!IsLogin(*credential)) {
      return outcome::Deferred{Hindrance::kCredentials, {}, false, credential->epoch};
    }
    headers.push_back("Authorization: Basic " +
                      absl::Base64Escape(credential->login + ":" + credential->secret));
  }
  headers.push_back("X-Ecluse-Submission: " + asked.key);
  // SOAP 1.1 wants it; empty: the address says what is meant.
  headers.push_back("SOAPAction: \"\"");
  const auto exchange = http::Post(settings_.site, "", format, headers, body);
  auto outcome = OutcomeOf(exchange, asked, settings_.terms, absl::Now());
  if (outcome) return outcome;
  const std::string word = UnknownWord(exchange, settings_.terms);
  if (!word.empty()) TellUnknownWord(envelope, word);
  return outcome;
}

std::optional<Outcome> ExchangeDriver::Deliver(const Envelope& envelope, uint32_t attempt,
                                               std::string_view content,
                                               const Credential* credential) {
  const Asked asked = AskedOf(envelope, false, credential);
  std::vector<std::string> headers = {fmt::format("X-Ecluse-Attempt: {}", attempt),
                                      fmt::format("X-Ecluse-Kind: {}", NameOf(envelope.kind))};
  if (!asked.followed.empty()) headers.push_back("X-Ecluse-Follows: " + asked.followed);
  if (envelope.format != content::kTyped) {
    return Say(envelope, asked, envelope.format, content, headers, credential);
  }
  const auto message = MessageOf(envelope, content, asked.key);
  if (!message.ok()) return CannotBeSaid(message.status());
  return Say(envelope, asked, kMediaType, *message, headers, credential);
}

absl::Status ExchangeDriver::Render(const Envelope& envelope, std::string_view content) {
  if (envelope.format != content::kTyped) return absl::OkStatus();
  const auto message = MessageOf(envelope, content, SubmissionKey(envelope));
  if (!message.ok()) return message.status();
  // Read again as the other side does: an element that the schema does not know shows here.
  return DecodeCall(*message).status();
}

std::optional<Outcome> ExchangeDriver::Probe(const Envelope& envelope,
                                             const Credential* credential) {
  const Asked asked = AskedOf(envelope, true, credential);
  const auto message = EncodeCall(Get{{asked.key, envelope.finess}, asked.subject, asked.followed});
  if (!message.ok()) return std::nullopt;
  return Say(envelope, asked, kMediaType, *message, {}, credential);
}

}  // namespace ecluse::exchange
