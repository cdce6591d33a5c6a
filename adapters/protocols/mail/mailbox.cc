// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/mailbox.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <sstream>

namespace ecluse::mail {
namespace {

struct Free {
  void operator()(CURL* p) const { curl_easy_cleanup(p); }
};

constexpr size_t kListBytes = 4 << 20;

long Millis(absl::Duration d) {
  return static_cast<long>(std::max<int64_t>(1, absl::ToInt64Milliseconds(d)));
}

// The library opens a new connection when the old one has died; here that would be another session.
// Until the first command was answered there is none: a server may have several addresses, and the
// first may lead nowhere.
curl_socket_t OpenBefore(void* user, curlsocktype, curl_sockaddr* address) {
  if (*static_cast<bool*>(user)) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

struct Taken {
  std::string bytes;
  size_t most = 0;
  bool oversize = false;
};

size_t Take(char* from, size_t size, size_t count, void* user) {
  auto* taken = static_cast<Taken*>(user);
  const size_t bytes = size * count;
  if (bytes > taken->most - taken->bytes.size()) {
    taken->oversize = true;
    return 0;
  }
  taken->bytes.append(from, bytes);
  return bytes;
}

size_t ToSize(std::string_view text) {
  size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

class Session : public Mailbox {
 public:
  explicit Session(const MailboxSite& site) : site_(site), curl_(curl_easy_init()) {}

  bool Ready() const { return curl_ != nullptr; }

 protected:
  // One command. Empty `command`: the message that the URL names is fetched.
  absl::StatusOr<std::string> Call(const std::string& url, const std::string& command, size_t most,
                                   bool answer_is_one_line = false) {
    CURL* curl = curl_.get();
    Taken taken{{}, most, false};
    curl_easy_reset(curl);
    Set(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    if (!command.empty()) curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, command.c_str());
    if (answer_is_one_line) curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &taken);
    const CURLcode code = curl_easy_perform(curl);
    begun_ = true;
    if (taken.oversize) return absl::OutOfRangeError("the mail is too large");
    if (code == CURLE_LOGIN_DENIED) return absl::UnauthenticatedError("the mailbox's login");
    if (code != CURLE_OK) {
      return absl::UnavailableError(fmt::format("the mailbox: {}", curl_easy_strerror(code)));
    }
    return std::move(taken.bytes);
  }

  const MailboxSite site_;

 private:
  void Set(CURL* curl) {
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "pop3s,imaps");
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!site_.ca.empty()) {
      curl_easy_setopt(curl, CURLOPT_CAINFO, site_.ca.c_str());
      curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
    }
    curl_easy_setopt(curl, CURLOPT_USERNAME, site_.login.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, site_.secret.c_str());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, Millis(site_.connect_timeout));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, Millis(site_.total_timeout));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &OpenBefore);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &begun_);
  }

  bool begun_ = false;
  std::unique_ptr<CURL, Free> curl_;
};

class Pop3 : public Session {
 public:
  using Session::Session;

  absl::StatusOr<std::vector<Item>> List(size_t most) override {
    const auto said = Call(site_.url + "/", "LIST", kListBytes);
    if (!said.ok()) return said.status();
    std::vector<Item> items;
    std::istringstream lines(*said);
    for (std::string id, bytes; items.size() < most && lines >> id >> bytes;) {
      items.push_back({id, ToSize(bytes)});
    }
    return items;
  }
  absl::StatusOr<std::string> Fetch(const std::string& id) override {
    return Call(site_.url + "/" + id, "", site_.mail_bytes);
  }
  absl::Status Remove(const std::string& id) override {
    return Call(site_.url + "/" + id, "DELE", kListBytes, true).status();
  }
};

class Imap : public Session {
 public:
  using Session::Session;

  absl::StatusOr<std::vector<Item>> List(size_t most) override {
    const auto said = Call(site_.url, "UID FETCH 1:* (RFC822.SIZE)", kListBytes);
    if (!said.ok()) return said.status();
    std::vector<Item> items;
    std::istringstream lines(*said);
    for (std::string line; items.size() < most && std::getline(lines, line);) {
      Item item;
      std::replace_if(
          line.begin(), line.end(), [](char c) { return c == '(' || c == ')'; }, ' ');
      std::istringstream words(line);
      for (std::string word; words >> word;) {
        if (word == "UID") words >> item.id;
        if (word == "RFC822.SIZE" && words >> word) item.bytes = ToSize(word);
      }
      if (!item.id.empty() && ToSize(item.id) > 0) items.push_back(std::move(item));
    }
    return items;
  }
  absl::StatusOr<std::string> Fetch(const std::string& id) override {
    return Call(site_.url + ";UID=" + id, "", site_.mail_bytes);
  }
  absl::Status Remove(const std::string& id) override {
    const auto marked =
        Call(site_.url, "UID STORE " + id + " +FLAGS.SILENT (\\Deleted)", kListBytes);
    if (!marked.ok()) return marked.status();
    return Call(site_.url, "EXPUNGE", kListBytes).status();
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<Mailbox>> Mailbox::Open(const MailboxSite& site) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  std::unique_ptr<Session> session;
  if (site.url.starts_with("pop3s://")) session = std::make_unique<Pop3>(site);
  if (site.url.starts_with("imaps://")) session = std::make_unique<Imap>(site);
  if (!session) return absl::InvalidArgumentError("a mailbox is read by pop3s or imaps");
  if (!session->Ready()) return absl::ResourceExhaustedError("no memory");
  return session;
}

}  // namespace ecluse::mail
