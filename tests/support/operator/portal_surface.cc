// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/portal_surface.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "proto/content/codec.h"

namespace ecluse::simulated {
namespace {

using nlohmann::json;
using profile::Meaning;

constexpr char kJson[] = "Content-Type: application/json\r\n";
constexpr std::string_view kRequests = "/requests";
// Whoever takes the first "status" or the last one reads another decision.
constexpr char kBroken[] = R"({"status":"refusee","status":"accordee","granted_cents":999999})";

std::string Base64(const std::string& bytes) {
  std::vector<unsigned char> text(4 * (bytes.size() / 3 + 1) + 1);
  const int size =
      EVP_EncodeBlock(text.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  return {text.begin(), text.begin() + size};
}

std::string DayText(const std::optional<content::Day>& day) {
  return day ? absl::FormatCivilTime(*day) : "";
}

std::string WantedWord(content::DocumentKind kind) {
  const char* const words[] = {"other", "prescription", "quotation", "delivery_note", "invoice"};
  return words[static_cast<size_t>(kind)];
}

json JsonOf(const Verdict& verdict) {
  const content::Answer& a = verdict.answer;
  json out = {{"reference", a.reference}, {"status", a.status}};
  if (!a.authorisation_number.empty()) out["authorisation_number"] = a.authorisation_number;
  if (verdict.asked.cents > 0) out["asked_cents"] = verdict.asked.cents;
  if (a.granted) out["granted_cents"] = a.granted->cents;
  if (a.granted_on) out["granted_on"] = DayText(a.granted_on);
  if (a.valid_until) out["valid_until"] = DayText(a.valid_until);
  for (const content::DocumentKind kind : a.wanted) out["wanted"].push_back(WantedWord(kind));
  if (a.wanted_by) out["wanted_by"] = DayText(a.wanted_by);
  for (const content::Reason& reason : a.reasons) {
    out["reasons"].push_back({{"code", reason.code}, {"text", reason.text}});
  }
  for (const content::Letter& letter : a.letters) {
    out["letters"].push_back({{"media_type", letter.media_type}, {"base64", Base64(letter.bytes)}});
  }
  return out;
}

// Why somebody is not let in; nullopt: come in.
std::optional<Spoken> NotLetIn(const Desk::Entry& entry) {
  const std::string headers = RetryAfter(entry.retry_after) + kJson;
  switch (entry.trouble) {
    case LoginTrouble::kWrong:
      return Spoken{401, kJson, R"({"login":"wrong"})"};
    case LoginTrouble::kLocked:
      return Spoken{401, kJson, R"({"login":"locked"})"};
    case LoginTrouble::kChangePassword:
      return Spoken{401, kJson, R"({"login":"change_password"})"};
    case LoginTrouble::kNotOpen:
      return Spoken{403, headers, R"({"account":"not_open"})"};
    case LoginTrouble::kNone:
      break;
  }
  if (entry.function_closed) return Spoken{403, headers, R"({"service":"not_open"})"};
  return std::nullopt;
}

// Keys and headers may hold any bytes.
std::string TextOf(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool Usable(const std::string& key) {
  return !key.empty() && key.find_first_of("\t\n") == std::string::npos;
}

}  // namespace

bool PortalSurface::Serve(TlsPeer& peer, const TlsPeer::Request& request,
                          const std::string& service, const std::string& rest) {
  const bool deposit = request.method == "POST" && rest == kRequests;
  const bool read = request.method == "GET" && rest.starts_with(std::string(kRequests) + '/');
  if (!deposit && !read) {
    Refuse(peer, request, {404, "Content-Type: text/plain\r\n", "no such page"});
    return false;
  }
  std::string login, secret;
  ReadBasic(request, login, secret);
  const auto kind = KindOfWord(HeaderOf(request, "x-ecluse-kind")).value_or(Kind::kAuthorisation);
  const auto entry =
      desk_.Enter(service, deposit ? FunctionOf(kind) : Function::kRead, login, secret);
  if (const auto no = NotLetIn(entry)) {
    Refuse(peer, request, *no);
    return false;
  }
  if (deposit) return Deposit(peer, request, service, entry.practice);
  return Read(peer, service, rest.substr(kRequests.size() + 1), entry.practice);
}

bool PortalSurface::Deposit(TlsPeer& peer, const TlsPeer::Request& request,
                            const std::string& service, const std::string& practice) {
  Submission s;
  if (!peer.ReadBody(request, s.content)) return false;
  s.key = HeaderOf(request, "idempotency-key");
  if (!Usable(s.key)) return peer.Answer(400, kJson, R"({"error":"no submission key"})");
  s.attempt = static_cast<uint32_t>(
      std::strtoul(HeaderOf(request, "x-ecluse-attempt").c_str(), nullptr, 10));
  s.practice = practice.empty() ? HeaderOf(request, "x-ecluse-practice") : practice;
  s.service = service;
  s.kind = KindOfWord(HeaderOf(request, "x-ecluse-kind")).value_or(Kind::kAuthorisation);
  s.about = HeaderOf(request, "x-ecluse-follows");
  if (HeaderOf(request, "content-type") == content::kTyped) {
    const auto typed = content::Decode(s.content);
    if (!typed.ok()) return peer.Answer(422, kJson, R"({"status":"illisible"})");
    const std::string follows = s.about;
    Describe(*typed, s);
    if (s.about.empty()) s.about = follows;
  }
  Faults faults;
  const Fault fault = dice_.Draw(s.key, faults);
  if (RefusedByFault(peer, fault, faults)) return false;
  const bool late = fault == Fault::kLate;
  const Verdict verdict = desk_.Receive(s, late ? faults.late_for : absl::ZeroDuration());
  if (late && verdict.said == Verdict::Said::kAnswer) {
    return AnswerAs(peer, fault, faults,
                    {202, RetryAfter(faults.late_for) + kJson, R"({"pending":true})"}, kBroken);
  }
  return AnswerAs(peer, fault, faults, Say(verdict, s.key), kBroken);
}

bool PortalSurface::Read(TlsPeer& peer, const std::string& service, const std::string& reference,
                         const std::string& practice) {
  const Verdict verdict = desk_.Look(service, reference, practice);
  return AnswerAs(peer, Fault::kNone, dice_.Now(), Say(verdict, reference), kBroken);
}

Spoken PortalSurface::Say(const Verdict& verdict, const std::string& key) const {
  switch (verdict.said) {
    case Verdict::Said::kNeverHad:
      return {404, kJson, TextOf({{"never_had", key}})};
    case Verdict::Said::kDuplicate:
      return {409, kJson, TextOf({{"known_as", verdict.known_as}})};
    case Verdict::Said::kTechnical: {
      json out = JsonOf(verdict);
      out["technical"] = true;
      return {422, kJson, TextOf(out)};
    }
    case Verdict::Said::kUnavailable:
      return {200, kJson, TextOf(JsonOf(verdict))};
    case Verdict::Said::kAnswer:
      break;
  }
  return Decided(verdict, key);
}

Spoken PortalSurface::Decided(const Verdict& verdict, const std::string& key) const {
  const std::string headers = RetryAfter(verdict.ask_after) + kJson;
  json out = JsonOf(verdict);
  out["request"] = key;
  return {200, headers, TextOf(out)};
}

}  // namespace ecluse::simulated
