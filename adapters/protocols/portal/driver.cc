// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/portal/driver.h"

#include <absl/strings/escaping.h>
#include <absl/time/clock.h>
#include <fmt/format.h>

#include <vector>

#include "adapters/protocols/http/settings.h"

namespace ecluse::portal {
namespace {

constexpr char kRequests[] = "/requests";

std::string_view KindWord(Kind kind) {
  switch (kind) {
    case Kind::kAuthorisation:
      return "authorisation";
    case Kind::kBill:
      return "bill";
    case Kind::kDocument:
      return "document";
    case Kind::kCancellation:
      return "cancellation";
    case Kind::kQuotation:
      return "quotation";
  }
  return "";
}

std::vector<std::string> LoginOf(const Credential* credential) {
  if (credential == nullptr) return {};
  return {"Authorization: Basic " +
          absl::Base64Escape(credential->login + ":" + credential->secret)};
}

// HTTP Basic parts login and secret at the first colon (RFC 7617), so such a login can't be said.
std::optional<Outcome> Unsayable(const Credential* credential) {
  if (credential == nullptr || credential->login.find(':') == std::string::npos) {
    return std::nullopt;
  }
  return outcome::Deferred{Hindrance::kCredentials, {}, false, credential->epoch};
}

Asked AskedOf(const Envelope& envelope, bool probe, const Credential* credential) {
  return {envelope.kind, probe, SubmissionKey(envelope), credential != nullptr,
          credential == nullptr ? 0 : credential->epoch};
}

}  // namespace

absl::Status ReadDriverSection(const std::string& file, const Section& section,
                               Settings& settings) {
  Fields in(file, section);
  in.Find("service");  // read with the profile
  http::TakeSite(in, settings.site);
  http::TakeSwitch(in, "refuses_with_503", settings.terms.promises.closed_503);
  http::TakeSwitch(in, "html_page_means_closed", settings.terms.promises.html_page);
  return in.Finish();
}

std::optional<Outcome> PortalDriver::Deliver(const Envelope& envelope, uint32_t attempt,
                                             std::string_view content,
                                             const Credential* credential) {
  if (auto outcome = Unsayable(credential)) return outcome;
  const Asked asked = AskedOf(envelope, false, credential);
  std::vector<std::string> headers = LoginOf(credential);
  headers.push_back("Idempotency-Key: " + asked.key);
  headers.push_back(fmt::format("X-Ecluse-Request: {}", envelope.id.value));
  headers.push_back(fmt::format("X-Ecluse-Attempt: {}", attempt));
  headers.push_back("X-Ecluse-Practice: " + envelope.practice.text);
  headers.push_back("X-Ecluse-Service: " + envelope.destination.service.text);
  headers.push_back("X-Ecluse-Finess: " + envelope.finess);
  headers.push_back(fmt::format("X-Ecluse-Kind: {}", KindWord(envelope.kind)));
  if (envelope.follows.value != 0) {
    Envelope followed;
    followed.practice = envelope.practice;
    followed.id = envelope.follows;
    headers.push_back("X-Ecluse-Follows: " + SubmissionKey(followed));
  }
  return Judged(envelope, http::Post(settings_.site, kRequests, envelope.format, headers, content),
                asked);
}

std::optional<Outcome> PortalDriver::Probe(const Envelope& envelope, const Credential* credential) {
  if (auto outcome = Unsayable(credential)) return outcome;
  const Asked asked = AskedOf(envelope, true, credential);
  const std::string path = fmt::format("{}/{}", kRequests, asked.key);
  return Judged(envelope, http::Get(settings_.site, path, LoginOf(credential)), asked);
}

std::optional<Outcome> PortalDriver::Judged(const Envelope& envelope,
                                            const http::Exchange& exchange, const Asked& asked) {
  auto outcome = OutcomeOf(exchange, asked, settings_.terms, absl::Now());
  if (outcome) return outcome;
  const std::string word = UnknownWord(exchange, asked, settings_.terms);
  if (!word.empty()) TellUnknownWord(envelope, word);
  return outcome;
}

}  // namespace ecluse::portal
