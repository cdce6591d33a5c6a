// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

namespace ecluse::mail {
namespace {

using Break = Submitted::Break;

struct Free {
  void operator()(CURL* p) const { curl_easy_cleanup(p); }
  void operator()(curl_slist* p) const { curl_slist_free_all(p); }
};

struct Body {
  std::string_view left;
  Submitted* seen = nullptr;
};

size_t GiveBody(char* to, size_t size, size_t count, void* user) {
  auto* body = static_cast<Body*>(user);
  const size_t bytes = std::min(size * count, body->left.size());
  body->seen->body_begun = true;
  std::memcpy(to, body->left.data(), bytes);
  body->left.remove_prefix(bytes);
  // The library says the end of data as soon as it knows that nothing is left.
  if (body->left.empty()) body->seen->body_ended = true;
  return bytes;
}

int NoSeek(void*, curl_off_t, int) { return CURL_SEEKFUNC_FAIL; }

Break BreakOf(CURLcode code, int reply) {
  switch (code) {
    case CURLE_OK:
      return Break::kNone;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return Break::kNoConnection;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_USE_SSL_FAILED:
      return Break::kUntrusted;
    case CURLE_LOGIN_DENIED:
      return Break::kLogin;
    case CURLE_OPERATION_TIMEDOUT:
      return Break::kTimeout;
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_FAILED_INIT:
    case CURLE_OUT_OF_MEMORY:
      return Break::kOwnTrouble;
    default:
      return reply >= 400 ? Break::kRefused : Break::kBrokenOff;
  }
}

long Millis(absl::Duration d) {
  return static_cast<long>(std::max<int64_t>(1, absl::ToInt64Milliseconds(d)));
}

void SetSite(CURL* curl, const SmtpSite& site) {
  curl_easy_setopt(curl, CURLOPT_URL, site.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_USE_SSL, long{CURLUSESSL_ALL});
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!site.ca.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, site.ca.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  if (!site.login.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, site.login.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, site.secret.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, site.from.c_str());
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, Millis(site.connect_timeout));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, Millis(site.total_timeout));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
}

}  // namespace

Submitted Submit(const SmtpSite& site, std::string_view mail) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  Submitted seen;
  const std::unique_ptr<CURL, Free> curl(curl_easy_init());
  const std::unique_ptr<curl_slist, Free> to(curl_slist_append(nullptr, site.to.c_str()));
  // A line break in an address would be a command of its own.
  const auto plain = [](const std::string& text) {
    return std::ranges::none_of(text, [](char c) { return c < ' '; });
  };
  if (!curl || !to || !plain(site.from) || !plain(site.to) || mail.empty()) {
    seen.broke = Break::kOwnTrouble;
    return seen;
  }
  Body body{mail, &seen};
  SetSite(curl.get(), site);
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, to.get());
  curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, &GiveBody);
  curl_easy_setopt(curl.get(), CURLOPT_READDATA, &body);
  curl_easy_setopt(curl.get(), CURLOPT_SEEKFUNCTION, &NoSeek);
  const CURLcode code = curl_easy_perform(curl.get());
  long reply = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &reply);
  seen.code = static_cast<int>(reply);
  seen.broke = BreakOf(code, seen.code);
  return seen;
}

}  // namespace ecluse::mail
