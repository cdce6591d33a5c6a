// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/clock.h>
#include <absl/time/time.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "adapters/handler.h"
#include "adapters/operators/quirks.h"
#include "adapters/operators/remarks.h"
#include "adapters/protocols/driver.h"
#include "adapters/vault/accounts.h"
#include "adapters/vault/files.h"
#include "proto/profile/profile.h"

namespace ecluse {

// Carries requests of one operator: looks up the service, asks the operator's quirks, takes the
// practice's login out of the vault, and lets the service's driver speak.
//
// A service without a driver is not carried here: its requests are deferred, unsent.
class Carrier : public Handler {
 public:
  struct Parts {
    profile::Profile profile;
    std::unique_ptr<Quirks> quirks;
    std::map<ServiceId, std::unique_ptr<Driver>> drivers;
    // May be nullptr where no service that has a driver needs a login.
    std::unique_ptr<ecluse::Accounts> accounts;
    // That no other process uses the accounts meanwhile: each counts wrong logins for itself.
    std::optional<FileLock> sole = std::nullopt;
    std::function<absl::Time()> now = [] { return absl::Now(); };
  };
  explicit Carrier(Parts parts);

  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                 std::string_view content) override {
    return DeliverGranted(envelope, attempt, content, "");
  }
  // A typed content without a number gets the grant's before it is rendered. One with another
  // number is not sent: technical, so that a person looks. Native contents stay as they are.
  std::optional<Outcome> DeliverGranted(const Envelope& envelope, uint32_t attempt,
                                        std::string_view content,
                                        const std::string& grant) override;
  // The rules of the profile, the operator's quirks, the message, and whether there is a login.
  std::vector<Problem> DryRun(const Envelope& envelope, std::string_view content,
                              const std::string& grant) override;
  // Deferred with a hindrance of the account: the operator could not be asked, which is news of
  // the account and none of the request.
  std::optional<Outcome> Probe(const Envelope& envelope) override;
  std::vector<News> Collect() override;
  void Noted(const News& news, ErrorCode result) override;
  std::vector<wire::Accounts::Item> Accounts() override;

  std::vector<Destination> Destinations() const;
  // Of all drivers.
  absl::Duration LongestDelivery() const;
  // Told in one line what hinders the sending; before the first delivery.
  void LogTo(const Remarks::Log& log);

 private:
  struct Route {
    const profile::Service* service = nullptr;
    Driver* driver = nullptr;
  };
  using Exchange = std::function<std::optional<Outcome>(Driver&, const Credential*)>;

  Route RouteOf(const Destination& destination) const;
  std::optional<Outcome> Carry(const Envelope& envelope, uint32_t attempt, std::string_view content,
                               const std::string& grant);
  // Takes the login that the service needs, runs the exchange, and gives the login back.
  std::optional<Outcome> WithLogin(const Route& route, const PracticeId& practice,
                                   const Exchange& exchange);
  std::optional<Outcome> GiveBack(const profile::Service& service, const Credential& credential,
                                  std::optional<Outcome> outcome);

  Parts parts_;
  Remarks remarks_;
  std::mutex mutex_;
  // News that the broker has not noted yet: whose it is and its token there, and ours for it.
  using Origin = std::pair<ServiceId, uint64_t>;
  std::map<Origin, uint64_t> tokens_;
  std::map<uint64_t, Origin> origins_;
  uint64_t last_token_ = 0;
};

}  // namespace ecluse
