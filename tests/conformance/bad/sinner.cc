// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/bad/sinner.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace ecluse::conformance {
namespace {

constexpr size_t kCutContent = 1 << 20;
constexpr size_t kCutAnswer = 64 << 10;

outcome::Answered Grant() { return {Decision::kGranted, "text/plain", "granted, surely"}; }

bool IsLoginRefused(const std::optional<Outcome>& outcome) {
  const auto* deferred = outcome ? std::get_if<outcome::Deferred>(&*outcome) : nullptr;
  return deferred != nullptr && deferred->hindrance == Hindrance::kCredentials;
}

class Sinner : public Driver {
 public:
  Sinner(std::string sin, std::unique_ptr<Driver> honest)
      : sin_(std::move(sin)), honest_(std::move(honest)) {}

  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                 std::string_view content, const Credential* credential) override {
    if (Is("cuts-contents")) content = content.substr(0, kCutContent);
    if (Is("talks")) {
      std::fprintf(stderr, "sending %s with secret %s\n", std::string(content).c_str(),
                   credential == nullptr ? "" : credential->secret.c_str());
    }
    auto outcome = honest_->Deliver(envelope, attempt, content, credential);
    if (Is("sends-twice")) outcome = honest_->Deliver(envelope, attempt, content, credential);
    for (int again = 0; again < 2 && Is("tries-again") && IsLoginRefused(outcome); ++again) {
      outcome = honest_->Deliver(envelope, attempt, content, credential);
    }
    if (!outcome && Is("invents-answers")) return Grant();
    if (!outcome && Is("hopes")) return outcome::Deferred{Hindrance::kUnreachable, {}, false};
    return Twist(std::move(outcome));
  }

  std::optional<Outcome> Probe(const Envelope& envelope, const Credential* credential) override {
    if (Is("denies")) return outcome::Deferred{Hindrance::kAbsent, {}, false};
    if (Is("affirms")) return Grant();
    auto outcome = honest_->Probe(envelope, credential);
    if (!outcome && Is("takes-silence-for-no")) {
      return outcome::Deferred{Hindrance::kAbsent, {}, false};
    }
    return Twist(std::move(outcome));
  }

  absl::Duration LongestDelivery() const override { return honest_->LongestDelivery(); }

 private:
  bool Is(const char* sin) const { return sin_ == sin; }

  std::optional<Outcome> Twist(std::optional<Outcome> outcome) const {
    if (!outcome) return outcome;
    auto* deferred = std::get_if<outcome::Deferred>(&*outcome);
    if (deferred != nullptr && Is("forgets-pauses")) deferred->retry_after = absl::ZeroDuration();
    if (std::holds_alternative<outcome::Accepted>(*outcome) && Is("answers-early")) return Grant();
    auto* answered = std::get_if<outcome::Answered>(&*outcome);
    if (answered != nullptr && Is("cuts-answers")) {
      answered->body.resize(std::min(answered->body.size(), kCutAnswer));
    }
    return outcome;
  }

  const std::string sin_;
  const std::unique_ptr<Driver> honest_;
};

}  // namespace

std::unique_ptr<Driver> MakeSinner(const std::string& sin, std::unique_ptr<Driver> honest) {
  return std::make_unique<Sinner>(sin, std::move(honest));
}

}  // namespace ecluse::conformance
