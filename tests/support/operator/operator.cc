// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/operator.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <cstdlib>
#include <utility>

namespace ecluse {
namespace {

constexpr char kJson[] = "Content-Type: application/json\r\n";

std::string Sha256(const std::string& bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

std::string Header(const TlsPeer::Request& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? "" : found->second;
}

std::string RetryAfter(uint64_t seconds) { return fmt::format("Retry-After: {}\r\n", seconds); }

uint64_t WholeSeconds(absl::Duration d) {
  return static_cast<uint64_t>(absl::ToInt64Seconds(absl::Ceil(d, absl::Seconds(1))));
}

}  // namespace

absl::StatusOr<std::unique_ptr<SimulatedOperator>> SimulatedOperator::Open(
    OperatorOptions options) {
  auto ledger = Ledger::Open(options.ledger);
  if (!ledger.ok()) return ledger.status();
  std::unique_ptr<SimulatedOperator> self(new SimulatedOperator(std::move(options)));
  self->ledger_ = *std::move(ledger);
  self->faults_ = self->options_.faults;
  self->accepted_ = self->ledger_->before().accepted.size();
  for (const auto& [key, times] : self->ledger_->before().by_key) {
    self->cases_[key] = {times, times, absl::InfinitePast()};
  }
  auto server =
      TlsServer::Open(self->options_.tls, [s = self.get()](TlsPeer& peer) { s->Serve(peer); });
  if (!server.ok()) return server.status();
  self->server_ = *std::move(server);
  return self;
}

void SimulatedOperator::Serve(TlsPeer& peer) {
  const std::string requests = "/requests";
  for (TlsPeer::Request request; peer.ReadHead(request);) {
    bool go_on = false;
    if (Closed(peer, request)) {
      go_on = false;
    } else if (request.method == "POST" && request.target == requests) {
      go_on = Submit(peer, request);
    } else if (request.method == "GET" && request.target.starts_with(requests + "/")) {
      go_on = Ask(peer, request.target.substr(requests.size() + 1));
    } else {
      peer.Answer(404, "Content-Type: text/plain\r\n", "no such page");
    }
    if (!go_on) return;
  }
}

// Who asked whether to send the body hears "no" before it has sent a byte of it.
bool SimulatedOperator::Closed(TlsPeer& peer, const TlsPeer::Request& request) {
  Door door = Door::kOpen;
  uint64_t seconds = 0;
  {
    const std::lock_guard lock(mutex_);
    door = door_;
    seconds = busy_seconds_;
  }
  if (door == Door::kOpen) return false;
  std::string ignored;
  if (door != Door::kRefuse && !request.headers.contains("expect")) {
    peer.ReadBody(request, ignored);
  }
  if (door == Door::kBusy) {
    peer.Answer(503, RetryAfter(seconds) + kJson + "Connection: close\r\n",
                R"({"error":"closed"})");
  } else if (door == Door::kPage) {
    peer.Answer(200, "Content-Type: text/html\r\nConnection: close\r\n",
                "<html><body>Site en maintenance</body></html>");
  }
  return true;
}

SimulatedOperator::Plan SimulatedOperator::Decide(const TlsPeer::Request& request,
                                                  const std::string& body) {
  const std::string key = Header(request, "idempotency-key");
  const std::lock_guard lock(mutex_);
  Case& c = cases_[key];
  Plan plan;
  plan.faults = faults_;
  plan.fault = Choose(faults_, options_.seed, key, ++c.visits);
  if (plan.fault == Fault::kError || plan.fault == Fault::kBusy ||
      plan.fault == Fault::kDropBefore) {
    return plan;
  }
  plan.accepted = true;
  if (c.accepted > 0 && options_.deduplicate) {
    plan.duplicate = true;
    return plan;
  }
  const auto attempt = std::strtoul(Header(request, "x-ecluse-attempt").c_str(), nullptr, 10);
  const auto status =
      ledger_->Append({key, static_cast<uint32_t>(attempt), Header(request, "x-ecluse-practice"),
                       Sha256(body), body.size(), absl::Now()});
  // A witness that can't write is no witness.
  if (!status.ok()) std::abort();
  ++c.accepted;
  ++accepted_;
  c.decided_at =
      absl::Now() + (plan.fault == Fault::kLate ? faults_.late_for : absl::ZeroDuration());
  return plan;
}

bool SimulatedOperator::Submit(TlsPeer& peer, const TlsPeer::Request& request) {
  std::string body;
  if (!peer.ReadBody(request, body)) return false;
  const std::string key = Header(request, "idempotency-key");
  if (key.empty() || key.find_first_of("\t\n") != std::string::npos) {
    return peer.Answer(400, kJson, R"({"error":"no submission key"})");
  }
  const Plan plan = Decide(request, body);
  if (plan.duplicate) return peer.Answer(409, kJson, R"({"error":"known already"})");
  switch (plan.fault) {
    case Fault::kError:
      return peer.Answer(500, kJson, R"({"error":"internal"})");
    case Fault::kBusy:
      return peer.Answer(503, RetryAfter(WholeSeconds(plan.faults.busy_for)) + kJson,
                         R"({"error":"busy"})");
    case Fault::kDropBefore:
    case Fault::kDropAfter:
      return false;
    case Fault::kLate:
      return peer.Answer(202, RetryAfter(WholeSeconds(plan.faults.late_for)) + kJson,
                         R"({"pending":true})");
    case Fault::kGarbage:
      return peer.Answer(200, kJson, "\x01}{ not json");
    case Fault::kSlow:
      return peer.Pause(plan.faults.slow_for) && AnswerDecision(peer, key);
    case Fault::kNone:
      break;
  }
  return AnswerDecision(peer, key);
}

bool SimulatedOperator::Ask(TlsPeer& peer, const std::string& key) {
  absl::Duration left;
  {
    const std::lock_guard lock(mutex_);
    const auto found = cases_.find(key);
    if (found == cases_.end() || found->second.accepted == 0)
      left = absl::InfiniteDuration();
    else
      left = found->second.decided_at - absl::Now();
  }
  if (left == absl::InfiniteDuration()) {
    return peer.Answer(404, kJson, fmt::format(R"({{"never_had":"{}"}})", key));
  }
  if (left > absl::ZeroDuration()) {
    return peer.Answer(202, RetryAfter(WholeSeconds(left)) + kJson, R"({"pending":true})");
  }
  return AnswerDecision(peer, key);
}

// One in eight is refused, always the same ones.
bool SimulatedOperator::AnswerDecision(TlsPeer& peer, const std::string& key) {
  const uint64_t lot = Scatter(options_.seed, key, 1'000'003);
  const char* decision = lot % 8 == 0 ? "refused" : "granted";
  return peer.Answer(200, kJson,
                     fmt::format(R"({{"key":"{}","decision":"{}","number":"OP{:08}"}})", key,
                                 decision, lot % 100'000'000));
}

std::string SimulatedOperator::Close(const std::string& how) {
  if (how == "refuse") {
    server_->Listen(false);
    const std::lock_guard lock(mutex_);
    door_ = Door::kRefuse;
    return "ok closed, connections are refused";
  }
  const bool busy = how.starts_with("busy ");
  if (!busy && how != "page") return "error: close refuse | busy SECONDS | page";
  {
    const std::lock_guard lock(mutex_);
    door_ = busy ? Door::kBusy : Door::kPage;
    if (busy) busy_seconds_ = std::strtoull(how.c_str() + 5, nullptr, 10);
  }
  return server_->Listen(true) ? "ok closed" : "error: the port is taken";
}

std::string SimulatedOperator::Command(const std::string& line) {
  if (line == "open") {
    {
      const std::lock_guard lock(mutex_);
      door_ = Door::kOpen;
    }
    return server_->Listen(true) ? "ok open" : "error: the port is taken";
  }
  if (line.starts_with("close ")) return Close(line.substr(6));
  if (line.starts_with("faults ")) {
    const auto faults = ParseFaults(line == "faults none" ? "" : line.substr(7));
    if (!faults.ok()) return "error: " + std::string(faults.status().message());
    const std::lock_guard lock(mutex_);
    faults_ = *faults;
    return "ok";
  }
  if (line == "status") return Status();
  return "error: open | close … | faults … | status";
}

std::string SimulatedOperator::Status() const {
  const std::lock_guard lock(mutex_);
  uint64_t keys = 0;
  for (const auto& [key, c] : cases_) keys += c.accepted > 0 ? 1 : 0;
  const char* const doors[] = {"open", "refuse", "busy", "page"};
  return fmt::format("ok door={} accepted={} keys={} duplicated={}",
                     doors[static_cast<size_t>(door_)], accepted_, keys, accepted_ - keys);
}

uint64_t SimulatedOperator::Accepted() const {
  const std::lock_guard lock(mutex_);
  return accepted_;
}

}  // namespace ecluse
