// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/http/exchange.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

namespace ecluse::http {
namespace {

struct Free {
  void operator()(CURL* p) const { curl_easy_cleanup(p); }
  void operator()(curl_slist* p) const { curl_slist_free_all(p); }
};

// What the library's callbacks see.
struct Transfer {
  std::string_view left;  // of the body
  size_t most = 0;
  bool oversize = false;
  Exchange* exchange = nullptr;
};

size_t GiveBody(char* to, size_t size, size_t count, void* user) {
  auto* transfer = static_cast<Transfer*>(user);
  const size_t bytes = std::min(size * count, transfer->left.size());
  if (bytes == 0) return 0;
  transfer->exchange->body_written = true;
  std::memcpy(to, transfer->left.data(), bytes);
  transfer->left.remove_prefix(bytes);
  return bytes;
}

// There is no way back in a body: it is sent once or not.
int NoSeek(void*, curl_off_t, int) { return CURL_SEEKFUNC_FAIL; }

size_t TakeBody(char* from, size_t size, size_t count, void* user) {
  auto* transfer = static_cast<Transfer*>(user);
  std::string& body = transfer->exchange->body;
  const size_t bytes = size * count;
  if (bytes > transfer->most - body.size()) {
    transfer->oversize = true;
    return 0;
  }
  body.append(from, bytes);
  return bytes;
}

Exchange::Break BreakOf(CURLcode code, bool oversize) {
  if (oversize) return Exchange::Break::kOversize;
  switch (code) {
    case CURLE_OK:
      return Exchange::Break::kNone;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return Exchange::Break::kNoConnection;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return Exchange::Break::kUntrusted;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_FAILED_INIT:
    case CURLE_OUT_OF_MEMORY:
      return Exchange::Break::kOwnTrouble;
    case CURLE_OPERATION_TIMEDOUT:
      return Exchange::Break::kTimeout;
    case CURLE_FILESIZE_EXCEEDED:
      return Exchange::Break::kOversize;
    default:
      return Exchange::Break::kBrokenOff;
  }
}

Exchange OwnTrouble() {
  Exchange exchange;
  exchange.broke = Exchange::Break::kOwnTrouble;
  return exchange;
}

long Millis(absl::Duration d) {
  return static_cast<long>(std::max<int64_t>(1, absl::ToInt64Milliseconds(d)));
}

void SetSite(CURL* curl, const Site& site, const std::string& path) {
  curl_easy_setopt(curl, CURLOPT_URL, (site.url + path).c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!site.ca.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, site.ca.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  if (!site.certificate.empty()) {
    curl_easy_setopt(curl, CURLOPT_SSLCERT, site.certificate.c_str());
    curl_easy_setopt(curl, CURLOPT_SSLKEY, site.key.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, Millis(site.connect_timeout));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, Millis(site.total_timeout));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  // On a connection that was used before, the library would repeat a request by itself.
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
}

Exchange Perform(CURL* curl, const Site& site, std::vector<std::string> headers,
                 std::string_view body, bool post) {
  Exchange exchange;
  Transfer transfer{body, site.answer_bytes, false, &exchange};
  if (post) {
    // A body of no bytes would never count as written.
    exchange.body_written = body.empty();
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &GiveBody);
    curl_easy_setopt(curl, CURLOPT_READDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &NoSeek);
    curl_easy_setopt(curl, CURLOPT_EXPECT_100_TIMEOUT_MS, Millis(site.expect_wait));
    headers.push_back(site.expect_continue ? "Expect: 100-continue" : "Expect:");
  }
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &TakeBody);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(site.answer_bytes));
  std::unique_ptr<curl_slist, Free> list;
  for (const std::string& header : headers) {
    curl_slist* longer = curl_slist_append(list.get(), header.c_str());
    if (longer == nullptr) return OwnTrouble();
    list.release();
    list.reset(longer);
  }
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
  const CURLcode code = curl_easy_perform(curl);
  exchange.broke = BreakOf(code, transfer.oversize);
  if (exchange.broke != Exchange::Break::kNone) {
    exchange.body.clear();
    return exchange;
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  exchange.status = static_cast<int>(status);
  curl_header* found = nullptr;
  if (curl_easy_header(curl, "Content-Type", 0, CURLH_HEADER, -1, &found) == CURLHE_OK) {
    exchange.format = found->value;
  }
  if (curl_easy_header(curl, "Retry-After", 0, CURLH_HEADER, -1, &found) == CURLHE_OK) {
    exchange.retry_after = found->value;
  }
  return exchange;
}

std::unique_ptr<CURL, Free> NewHandle() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  return std::unique_ptr<CURL, Free>(curl_easy_init());
}

bool IsHeaderText(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

Exchange Post(const Site& site, const std::string& path, const std::string& format,
              const std::vector<std::string>& headers, std::string_view body) {
  auto curl = NewHandle();
  std::vector<std::string> all = headers;
  all.push_back("Content-Type: " + format);
  if (!curl || !std::all_of(all.begin(), all.end(), IsHeaderText)) {
    return OwnTrouble();
  }
  SetSite(curl.get(), site, path);
  return Perform(curl.get(), site, std::move(all), body, true);
}

Exchange Get(const Site& site, const std::string& path, const std::vector<std::string>& headers) {
  auto curl = NewHandle();
  if (!curl || !std::all_of(headers.begin(), headers.end(), IsHeaderText)) return OwnTrouble();
  SetSite(curl.get(), site, path);
  return Perform(curl.get(), site, headers, {}, false);
}

}  // namespace ecluse::http
