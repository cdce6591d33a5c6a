// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "adapters/operators/carrier.h"
#include "proto/content/codec.h"
#include "proto/profile/status.h"
#include "tests/adapters/operators/scripted_driver.h"
#include "tests/adapters/vault/vault_fixture.h"

namespace ecluse {

// A carrier of one operator's real profile, with scripted drivers and one login, "shop".
class CarrierTest : public VaultTest {
 protected:
  void Use(const std::string& folder) {
    auto profile = profile::ReadProfile(folder + "/profile.toml");
    ASSERT_TRUE(profile.ok()) << profile.status();
    if (Open().entries().empty()) Set("shop", "s3cret");
    Carrier::Parts parts;
    for (const profile::Service& service : profile->services) {
      auto driver = std::make_unique<ScriptedDriver>();
      drivers_[service.name.text] = driver.get();
      parts.drivers[service.name] = std::move(driver);
    }
    parts.quirks = MakeQuirks(profile->quirks);
    ASSERT_NE(parts.quirks, nullptr);
    profile_ = *profile;
    parts.profile = *std::move(profile);
    parts.accounts = std::make_unique<Accounts>(
        AccountsOptions{vault_file(), key_file(), refusals_file(), absl::InfinitePast(),
                        [this] { return now_; }, [](const std::string&) {}});
    parts.now = [this] { return now_; };
    carrier_ = std::make_unique<Carrier>(std::move(parts));
  }
  void UseOperator(const std::string& name) { Use(std::string(ECLUSE_OPERATORS) + "/" + name); }

  Envelope To(const std::string& service, Kind kind = Kind::kAuthorisation) const {
    Envelope envelope;
    envelope.id = {7};
    envelope.practice = {"shop"};
    envelope.destination = {profile_.name, {service}};
    envelope.kind = kind;
    envelope.format = content::kTyped;
    return envelope;
  }
  std::optional<Outcome> Deliver(const Envelope& envelope, const content::Content& content) {
    return carrier_->Deliver(envelope, 1, content::Encode(content));
  }
  std::optional<Outcome> Deliver(const std::string& service) {
    return Deliver(To(service), Asking(1'000));
  }
  static content::Content Asking(int64_t cents) {
    content::Authorisation request;
    request.asked_on = absl::CivilDay(2024, 2, 5);
    request.totals.asked = {cents};
    return request;
  }
  // The operator answers with a word of its own.
  void Says(const std::string& service, content::Answer answer) {
    drivers_.at(service)->says = profile::OutcomeOf(profile_.Find({service})->words,
                                                    std::move(answer), absl::ZeroDuration());
  }
  void Says(const std::string& service, const std::string& word) {
    content::Answer answer;
    answer.status = word;
    Says(service, answer);
  }
  static const outcome::Deferred* Unsent(const std::optional<Outcome>& outcome) {
    return outcome ? std::get_if<outcome::Deferred>(&*outcome) : nullptr;
  }
  static Decision DecisionOf(const std::optional<Outcome>& outcome) {
    if (!outcome) return Decision::kOther;
    if (const auto* word = std::get_if<outcome::Accepted>(&*outcome)) return word->decision;
    const auto* answered = std::get_if<outcome::Answered>(&*outcome);
    return answered == nullptr ? Decision::kOther : answered->decision;
  }
  static content::Answer AnswerOf(const std::optional<Outcome>& outcome) {
    std::string body;
    if (outcome) {
      if (const auto* word = std::get_if<outcome::Accepted>(&*outcome)) body = word->body;
      if (const auto* word = std::get_if<outcome::Answered>(&*outcome)) body = word->body;
    }
    auto answer = content::DecodeAnswer(body);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *std::move(answer) : content::Answer();
  }

  absl::Time now_ = absl::FromCivil(absl::CivilHour(2024, 2, 12, 12), absl::UTCTimeZone());
  profile::Profile profile_;
  std::map<std::string, ScriptedDriver*> drivers_;
  std::unique_ptr<Carrier> carrier_;
};

}  // namespace ecluse
