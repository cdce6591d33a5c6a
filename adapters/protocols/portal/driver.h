// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <string>
#include <string_view>
#include <utility>

#include "adapters/protocols/driver.h"
#include "adapters/protocols/http/exchange.h"
#include "adapters/protocols/portal/endings.h"
#include "proto/sections.h"

namespace ecluse::portal {

struct Settings {
  http::Site site;  // its url is the service's own; the paths of README.md are under it
  Terms terms;
};

// Takes timeouts and promises from the service's [[driver]] section; README.md lists them. Where
// the site is, who is trusted and with which certificate is the deployment's to say. `file`: for
// the status, which tells file, line, setting and rule.
absl::Status ReadDriverSection(const std::string& file, const Section& section, Settings& settings);

// Speaks the contract of README.md with one service of one operator.
class PortalDriver : public Driver {
 public:
  explicit PortalDriver(Settings settings) : settings_(std::move(settings)) {}

  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                 std::string_view content, const Credential* credential) override;
  // Deferred with kCredentials, kAccount or kClosed: the operator could not be asked, which is no
  // news about the request but maybe some about the account.
  std::optional<Outcome> Probe(const Envelope& envelope, const Credential* credential) override;
  absl::Duration LongestDelivery() const override { return settings_.site.total_timeout; }

 private:
  std::optional<Outcome> Judged(const Envelope& envelope, const http::Exchange& exchange,
                                const Asked& asked);

  const Settings settings_;
};

}  // namespace ecluse::portal
