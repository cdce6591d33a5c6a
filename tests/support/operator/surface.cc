// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/surface.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <vector>

namespace ecluse::simulated {
namespace {

constexpr size_t kHugeBytes = 64 << 20;
constexpr absl::Duration kDrip = absl::Milliseconds(20);
constexpr char kJson[] = "Content-Type: application/json\r\n";

bool Trickle(TlsPeer& peer, const Spoken& spoken) {
  if (!peer.Write(fmt::format("HTTP/1.1 {} -\r\n{}Content-Length: 1000000\r\n\r\n", spoken.status,
                              spoken.headers))) {
    return false;
  }
  while (peer.Write(" ") && peer.Pause(kDrip)) {
  }
  return false;
}

// Without a length, so that only who counts notices.
bool Flood(TlsPeer& peer, const Spoken& spoken) {
  const std::string page(1 << 16, ' ');
  if (!peer.Write(fmt::format("HTTP/1.1 {} -\r\n{}Connection: close\r\n\r\n", spoken.status,
                              spoken.headers))) {
    return false;
  }
  for (size_t sent = 0; sent < kHugeBytes && peer.Write(page);) sent += page.size();
  return false;
}

}  // namespace

bool AnswerAs(TlsPeer& peer, Fault fault, const Faults& faults, const Spoken& spoken,
              const std::string& broken) {
  if (faults.latency > absl::ZeroDuration() && !peer.Pause(faults.latency)) return false;
  switch (fault) {
    case Fault::kDropAfter:
      return false;
    case Fault::kSlow:
      if (!peer.Pause(faults.slow_for)) return false;
      break;
    case Fault::kGarbage:
      return peer.Answer(200, spoken.headers, "\x01}{ not what was agreed");
    case Fault::kBomb:
      return peer.Answer(200, spoken.headers, broken);
    case Fault::kTrickle:
      return Trickle(peer, spoken);
    case Fault::kHuge:
      return Flood(peer, spoken);
    default:
      break;
  }
  return peer.Answer(spoken.status, spoken.headers, spoken.body);
}

bool RefusedByFault(TlsPeer& peer, Fault fault, const Faults& faults) {
  switch (fault) {
    case Fault::kError:
      peer.Answer(500, kJson, R"({"error":"internal"})");
      return true;
    case Fault::kBusy:
      peer.Answer(503, RetryAfter(faults.busy_for) + kJson, R"({"error":"busy"})");
      return true;
    case Fault::kPage:
      peer.Answer(200, "Content-Type: text/html\r\n",
                  "<html><body>Site en maintenance</body></html>");
      return true;
    case Fault::kDropBefore:
      return true;
    default:
      return false;
  }
}

void Refuse(TlsPeer& peer, const TlsPeer::Request& request, const Spoken& spoken) {
  std::string ignored;
  if (!request.headers.contains("expect")) peer.ReadBody(request, ignored);
  peer.Answer(spoken.status, spoken.headers + "Connection: close\r\n", spoken.body);
}

std::string HeaderOf(const TlsPeer::Request& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? "" : found->second;
}

std::string RetryAfter(absl::Duration d) {
  if (d <= absl::ZeroDuration()) return "";
  return fmt::format("Retry-After: {}\r\n", absl::ToInt64Seconds(absl::Ceil(d, absl::Seconds(1))));
}

bool ReadBasic(const TlsPeer::Request& request, std::string& login, std::string& secret) {
  const std::string header = HeaderOf(request, "authorization");
  if (!header.starts_with("Basic ")) return false;
  const std::string coded = header.substr(6);
  std::vector<unsigned char> plain(coded.size() + 3);
  const int bytes =
      EVP_DecodeBlock(plain.data(), reinterpret_cast<const unsigned char*>(coded.data()),
                      static_cast<int>(coded.size()));
  if (bytes < 0) return false;
  const size_t padding = coded.ends_with("==") ? 2 : coded.ends_with('=') ? 1 : 0;
  const std::string both(plain.begin(), plain.begin() + bytes - static_cast<long>(padding));
  const size_t colon = both.find(':');
  if (colon == std::string::npos) return false;
  login = both.substr(0, colon);
  secret = both.substr(colon + 1);
  return true;
}

Fault Dice::Draw(const std::string& key, Faults& faults) {
  const std::lock_guard lock(mutex_);
  faults = faults_;
  return Choose(faults_, seed_, key, ++visits_[key]);
}

Faults Dice::Now() {
  const std::lock_guard lock(mutex_);
  return faults_;
}

void Dice::Set(const Faults& faults) {
  const std::lock_guard lock(mutex_);
  faults_ = faults;
}

}  // namespace ecluse::simulated
