// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/protocols/driver.h"
#include "adapters/protocols/http/exchange.h"
#include "adapters/protocols/portal/endings.h"
#include "proto/sections.h"

namespace ecluse::portal {

struct Settings {
  http::Site site;  // its url is the service's own; the paths of README.md are under it
  Terms terms;
  bool unavailable_may_be_login = false;  // as in the profile
};

// Takes timeouts and promises from the service's [[driver]] section; README.md lists them. Where
// the site is, who is trusted and with which certificate is the deployment's to say. `file`: for
// the status, which tells file, line, setting and rule.
absl::Status ReadDriverSection(const std::string& file, const Section& section, Settings& settings);

// What is known of the logins of one service: which were let in, and whether the operator says
// "unavailable" to those too.
class Proofs {
 public:
  // "Unavailable" said to this login may mean that it is wrong.
  bool Unproven(const Credential& credential) const;
  void LetIn(const Credential& credential);
  // "Unavailable" was said to a login that was let in before: it is not about logins.
  void Down();

 private:
  mutable std::mutex mutex_;
  std::map<PracticeId, uint64_t> epochs_;  // of the last secret that was let in
  bool down_ = false;
};

// Speaks the contract of README.md with one service of one operator.
class PortalDriver : public Driver {
 public:
  explicit PortalDriver(Settings settings) : settings_(std::move(settings)) {}

  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                 std::string_view content, const Credential* credential) override;
  // Deferred with kCredentials or kAccount: the operator could not be asked, which is no news
  // about the request but some about the account.
  std::optional<Outcome> Probe(const Envelope& envelope, const Credential* credential) override;
  absl::Duration LongestDelivery() const override { return settings_.site.total_timeout; }

 private:
  std::optional<Outcome> Judge(const http::Exchange& exchange, Asked asked,
                               const Credential* credential);

  const Settings settings_;
  Proofs proofs_;
};

}  // namespace ecluse::portal
