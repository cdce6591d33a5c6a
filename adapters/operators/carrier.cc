// SPDX-License-Identifier: Apache-2.0
#include "adapters/operators/carrier.h"

#include <algorithm>

#include "adapters/operators/grant.h"
#include "adapters/operators/refine.h"
#include "adapters/operators/rehearsal.h"
#include "proto/content/codec.h"

namespace ecluse {
namespace {

constexpr absl::Duration kNotHere = absl::Minutes(1);

// The operator said something that it says only to those whom it let in. A refusal of the content
// may be the driver's own, before anything was sent.
bool ProvesLogin(const Outcome& outcome) {
  const auto* deferred = std::get_if<outcome::Deferred>(&outcome);
  if (deferred == nullptr) return !std::holds_alternative<outcome::Rejected>(outcome);
  return deferred->hindrance == Hindrance::kAbsent || deferred->hindrance == Hindrance::kTechnical;
}

// The operator's word for "not available", and not an answer of its machinery with an hour.
bool IsBareClosing(const outcome::Deferred& deferred) {
  return deferred.hindrance == Hindrance::kClosed && deferred.retry_after <= absl::ZeroDuration();
}

}  // namespace

Carrier::Carrier(Parts parts) : parts_(std::move(parts)) {}

std::optional<Outcome> Carrier::DeliverGranted(const Envelope& envelope, uint32_t attempt,
                                               std::string_view content, const std::string& grant) {
  std::optional<Outcome> outcome = Carry(envelope, attempt, content, grant);
  remarks_.Note(envelope, outcome);
  return outcome;
}

std::optional<Outcome> Carrier::Carry(const Envelope& envelope, uint32_t attempt,
                                      std::string_view content, const std::string& grant) {
  const Route route = RouteOf(envelope.destination);
  if (route.driver == nullptr) return outcome::Deferred{Hindrance::kAdapter, kNotHere, true, 0};
  auto typed = ReadTyped(envelope, content);
  std::string filled;
  const Fit fit = typed ? TakeGrant(grant, *typed) : Fit::kAsItIs;
  if (fit == Fit::kDiffers) {
    remarks_.NoteNumber(envelope);
    return outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration(), false, 0};
  }
  if (fit == Fit::kFilled) content = filled = content::Encode(*typed);
  const content::Content* read = typed ? &*typed : nullptr;
  if (auto early = TooEarly(*route.service, read, parts_.now())) return early;
  if (auto ended = parts_.quirks->Before(*route.service, envelope, read, parts_.now())) {
    return ended;
  }
  auto outcome = WithLogin(route, envelope.practice, [&](Driver& driver, const Credential* login) {
    return driver.Deliver(envelope, attempt, content, login);
  });
  if (outcome) outcome = Refined(*route.service, read, *std::move(outcome), parts_.now());
  return parts_.quirks->After(*route.service, envelope, std::move(outcome), parts_.now());
}

std::vector<Problem> Carrier::DryRun(const Envelope& envelope, std::string_view content,
                                     const std::string& grant) {
  const Route route = RouteOf(envelope.destination);
  if (route.driver == nullptr) return {Found("", "dry-run.not-carried")};
  const absl::Time now = parts_.now();
  std::vector<Problem> problems =
      Rehearse({*route.service, *route.driver, *parts_.quirks, now}, envelope, content, grant);
  if (!route.service->needs_login) return problems;
  const auto trouble = parts_.accounts == nullptr
                           ? std::optional<LoginTrouble>(LoginTrouble::kMissing)
                           : parts_.accounts->TroubleOf(envelope.practice);
  if (trouble) problems.push_back(Found("", RuleOf(*trouble)));
  return problems;
}

std::optional<Outcome> Carrier::Probe(const Envelope& envelope) {
  const Route route = RouteOf(envelope.destination);
  if (route.driver == nullptr) return std::nullopt;
  auto outcome = WithLogin(route, envelope.practice, [&](Driver& driver, const Credential* login) {
    return driver.Probe(envelope, login);
  });
  if (outcome) outcome = Refined(*route.service, nullptr, *std::move(outcome), parts_.now());
  return parts_.quirks->After(*route.service, envelope, std::move(outcome), parts_.now());
}

std::optional<Outcome> Carrier::WithLogin(const Route& route, const PracticeId& practice,
                                          const Exchange& exchange) {
  if (!route.service->needs_login) return exchange(*route.driver, nullptr);
  if (parts_.accounts == nullptr) {
    return outcome::Deferred{Hindrance::kAdapter, kNotHere, true, 0};
  }
  const auto taken = parts_.accounts->Take(practice);
  if (const auto* unusable = std::get_if<ecluse::Accounts::Unusable>(&taken)) {
    const bool all = unusable->hindrance == Hindrance::kAdapter;
    return outcome::Deferred{unusable->hindrance, unusable->retry_after, all, unusable->epoch};
  }
  const auto& credential = std::get<Credential>(taken);
  return GiveBack(*route.service, credential, exchange(*route.driver, &credential));
}

std::optional<Outcome> Carrier::GiveBack(const profile::Service& service,
                                         const Credential& credential,
                                         std::optional<Outcome> outcome) {
  auto* deferred = outcome ? std::get_if<outcome::Deferred>(&*outcome) : nullptr;
  if (deferred != nullptr && deferred->hindrance == Hindrance::kCredentials) {
    parts_.accounts->Refused(credential);
    deferred->epoch = credential.epoch;
    deferred->whole_destination = false;
  } else if (deferred != nullptr && service.unavailable_may_be_login && IsBareClosing(*deferred)) {
    if (const auto unusable = parts_.accounts->Suspected(credential)) {
      *deferred = {unusable->hindrance, unusable->retry_after, false, unusable->epoch};
    }
  } else if (outcome && ProvesLogin(*outcome)) {
    parts_.accounts->Accepted(credential);
  } else {
    parts_.accounts->Unknown(credential);
  }
  return outcome;
}

std::vector<Handler::News> Carrier::Collect() {
  std::vector<News> all;
  for (const auto& [name, driver] : parts_.drivers) {
    const profile::Service* service = parts_.profile.Find(name);
    for (News& news : driver->Collect()) {
      const std::lock_guard lock(mutex_);
      uint64_t& token = tokens_[{name, news.token}];
      if (token == 0) {
        token = ++last_token_;
        origins_[token] = {name, news.token};
      }
      if (service != nullptr) {
        news.outcome = Refined(*service, nullptr, std::move(news.outcome), parts_.now());
      }
      all.push_back({token, news.request, std::move(news.outcome)});
    }
  }
  return all;
}

void Carrier::Noted(const News& news, ErrorCode result) {
  Driver* driver = nullptr;
  News theirs = news;
  {
    const std::lock_guard lock(mutex_);
    const auto at = origins_.find(news.token);
    if (at == origins_.end()) return;
    driver = parts_.drivers.at(at->second.first).get();
    theirs.token = at->second.second;
    tokens_.erase(at->second);
    origins_.erase(at);
  }
  driver->Noted(theirs, result);
}

std::vector<wire::Accounts::Item> Carrier::Accounts() {
  if (parts_.accounts == nullptr) return {};
  return parts_.accounts->Epochs();
}

void Carrier::LogTo(const Remarks::Log& log) {
  remarks_.LogTo(log);
  for (const auto& [name, driver] : parts_.drivers) driver->LogTo(log);
}

std::vector<Destination> Carrier::Destinations() const {
  std::vector<Destination> all;
  for (const auto& [name, driver] : parts_.drivers) all.push_back({parts_.profile.name, name});
  return all;
}

absl::Duration Carrier::LongestDelivery() const {
  absl::Duration longest;
  for (const auto& [name, driver] : parts_.drivers) {
    longest = std::max(longest, driver->LongestDelivery());
  }
  return longest;
}

Carrier::Route Carrier::RouteOf(const Destination& destination) const {
  if (destination.run_by != parts_.profile.name) return {};
  const auto at = parts_.drivers.find(destination.service);
  if (at == parts_.drivers.end()) return {};
  return {parts_.profile.Find(destination.service), at->second.get()};
}

}  // namespace ecluse
