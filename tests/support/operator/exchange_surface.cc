// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/exchange_surface.h"

#include <cstdlib>
#include <optional>
#include <utility>

#include "adapters/protocols/exchange/codec.h"
#include "proto/content/codec.h"

namespace ecluse::simulated {
namespace {

using exchange::Call;
using exchange::Fault;
using exchange::FaultClass;
using exchange::Reply;

// A billion laughs, cut short: whoever expands entities has no memory left.
constexpr char kBroken[] = R"(<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>
<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body>&f;</Body></Envelope>)";

Spoken Say(const Reply& reply, absl::Duration wait = {}) {
  const auto xml = exchange::EncodeReply(reply);
  const std::string headers = "Content-Type: " + exchange::kMediaType + "\r\n" + RetryAfter(wait);
  // SOAP 1.1 over HTTP: a fault comes with 500.
  const int status = std::holds_alternative<Fault>(reply) ? 500 : 200;
  return {xml.ok() ? status : 500, headers, xml.ok() ? *xml : ""};
}

uint64_t Seconds(absl::Duration d) {
  return static_cast<uint64_t>(absl::ToInt64Seconds(absl::Ceil(d, absl::Seconds(1))));
}

Fault FaultOf(FaultClass fault, const std::string& key, absl::Duration retry_after = {}) {
  return {exchange::CodeOf(fault),
          "simulated",
          key,
          Seconds(retry_after),
          {"Assistance simulee", "0000000000", "assistance@example.invalid"}};
}

std::optional<Fault> NotLetIn(const Desk::Entry& entry, const std::string& key) {
  switch (entry.trouble) {
    case LoginTrouble::kWrong:
      return FaultOf(FaultClass::kLogin, key);
    case LoginTrouble::kLocked:
      return FaultOf(FaultClass::kAccountLocked, key);
    case LoginTrouble::kChangePassword:
      return FaultOf(FaultClass::kPasswordChange, key);
    case LoginTrouble::kNotOpen:
      return FaultOf(FaultClass::kAccountNotOpen, key, entry.retry_after);
    case LoginTrouble::kNone:
      break;
  }
  if (!entry.function_closed) return std::nullopt;
  return FaultOf(FaultClass::kNotOpenForThis, key, entry.retry_after);
}

// What a verdict is in the dialect.
Reply ReplyTo(const Verdict& verdict, const std::string& key, Kind kind) {
  switch (verdict.said) {
    case Verdict::Said::kNeverHad:
      return FaultOf(FaultClass::kUnknownReference, key);
    case Verdict::Said::kDuplicate:
      return FaultOf(verdict.known_as == key ? FaultClass::kDuplicate : FaultClass::kSameContent,
                     key);
    case Verdict::Said::kTechnical:
      return FaultOf(FaultClass::kTechnical, key);
    case Verdict::Said::kUnavailable:
    case Verdict::Said::kAnswer:
      break;
  }
  if (kind == Kind::kCancellation) {
    return exchange::CancelAcknowledgement{
        key, verdict.answer.status, verdict.answer.authorisation_number, verdict.answer.reasons};
  }
  const bool billed = kind == Kind::kBill && verdict.meaning == profile::Meaning::kBilled;
  exchange::Response response{key, Seconds(verdict.ask_after), billed ? key : "", verdict.answer};
  if (verdict.asked.cents > 0) response.asked = verdict.asked;
  return response;
}

Kind KindOfSubject(exchange::Subject subject) {
  switch (subject) {
    case exchange::Subject::kSupplement:
      return Kind::kDocument;
    case exchange::Subject::kCancellation:
      return Kind::kCancellation;
    case exchange::Subject::kInvoice:
      return Kind::kBill;
    case exchange::Subject::kRequest:
      break;
  }
  return Kind::kAuthorisation;
}

// What a call submits, as the practice deposited it; a GET submits nothing.
struct ToContent {
  using Content = std::optional<content::Content>;
  Content operator()(const exchange::Request& r) const {
    if (r.quotation) return content::Quotation{r.asked};
    return r.asked;
  }
  Content operator()(const exchange::Supplement& s) const { return s.document; }
  Content operator()(const exchange::Cancel& c) const { return c.cancellation; }
  Content operator()(const exchange::Invoice& i) const { return i.bill; }
  Content operator()(const exchange::Get&) const { return std::nullopt; }
};

std::string KeyOf(const Call& call) {
  return std::visit([](const auto& c) { return c.head.key; }, call);
}

bool IsDialect(const TlsPeer::Request& request) {
  return HeaderOf(request, "content-type") == exchange::kMediaType;
}

}  // namespace

bool ExchangeSurface::Serve(TlsPeer& peer, const TlsPeer::Request& request,
                            const std::string& service, const std::string& rest) {
  if (request.method != "POST" || !rest.empty()) {
    Refuse(peer, request, {404, "Content-Type: text/plain\r\n", "no such page"});
    return false;
  }
  std::string body;
  if (!peer.ReadBody(request, body)) return false;
  Submission s;
  s.service = service;
  s.key = HeaderOf(request, "x-ecluse-submission");
  s.kind = KindOfWord(HeaderOf(request, "x-ecluse-kind")).value_or(Kind::kAuthorisation);
  s.about = HeaderOf(request, "x-ecluse-follows");
  s.attempt = static_cast<uint32_t>(
      std::strtoul(HeaderOf(request, "x-ecluse-attempt").c_str(), nullptr, 10));
  s.content = body;
  if (IsDialect(request)) {
    const auto call = exchange::DecodeCall(body);
    if (!call.ok()) {
      const auto answered = Say(FaultOf(FaultClass::kMalformed, ""));
      return peer.Answer(answered.status, answered.headers, answered.body);
    }
    const auto content = std::visit(ToContent{}, *call);
    if (!content) return Look(peer, request, service, std::get<exchange::Get>(*call));
    s.key = KeyOf(*call);
    s.content = content::Encode(*content);
    s.kind = content::KindOf(*content);
    const std::string follows = s.about;
    Describe(*content, s);
    if (s.about.empty()) s.about = follows;
  }
  if (s.key.empty()) {
    const auto answered = Say(FaultOf(FaultClass::kInvalid, ""));
    return peer.Answer(answered.status, answered.headers, answered.body);
  }
  return Take(peer, request, std::move(s));
}

bool ExchangeSurface::Take(TlsPeer& peer, const TlsPeer::Request& request, Submission s) {
  std::string login, secret;
  ReadBasic(request, login, secret);
  const auto entry = desk_.Enter(s.service, FunctionOf(s.kind), login, secret);
  if (const auto fault = NotLetIn(entry, s.key)) {
    const Spoken spoken = Say(*fault, entry.retry_after);
    return peer.Answer(spoken.status, spoken.headers, spoken.body);
  }
  s.practice = entry.practice.empty() ? s.key.substr(0, s.key.rfind('-')) : entry.practice;
  Faults faults;
  const ecluse::Fault fault = dice_.Draw(s.key, faults);
  if (RefusedByFault(peer, fault, faults)) return false;
  const bool late = fault == ecluse::Fault::kLate;
  const Verdict verdict = desk_.Receive(s, late ? faults.late_for : absl::ZeroDuration());
  return AnswerAs(peer, fault, faults, Say(ReplyTo(verdict, s.key, s.kind)), kBroken);
}

bool ExchangeSurface::Look(TlsPeer& peer, const TlsPeer::Request& request,
                           const std::string& service, const exchange::Get& get) {
  std::string login, secret;
  ReadBasic(request, login, secret);
  const auto entry = desk_.Enter(service, Function::kRead, login, secret);
  const auto fault = NotLetIn(entry, get.head.key);
  const Verdict verdict = fault ? Verdict{} : desk_.Look(service, get.head.key);
  const Reply reply =
      fault ? Reply(*fault) : ReplyTo(verdict, get.head.key, KindOfSubject(get.about));
  return AnswerAs(peer, ecluse::Fault::kNone, dice_.Now(), Say(reply), kBroken);
}

}  // namespace ecluse::simulated
