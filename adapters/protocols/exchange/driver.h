// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <string>
#include <string_view>

#include "adapters/protocols/driver.h"
#include "adapters/protocols/exchange/endings.h"
#include "adapters/protocols/http/exchange.h"
#include "proto/sections.h"

namespace ecluse::exchange {

struct Settings {
  http::Site site;  // its url is the service's own: every verb is one POST to it
  Terms terms;
};

// Takes timeouts and promises from the service's [[driver]] section; README.md lists them. Where
// they are, who is trusted and with which certificate is the deployment's to say. `file`: for the
// status, which tells file, line, setting and rule.
absl::Status ReadDriverSection(const std::string& file, const Section& section, Settings& settings);

// Speaks the authorisation exchange (README.md) with one service of one operator.
class ExchangeDriver : public Driver {
 public:
  explicit ExchangeDriver(Settings settings) : settings_(std::move(settings)) {}

  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                 std::string_view content, const Credential* credential) override;
  // Deferred with kCredentials or kAccount: the operator could not be asked, which is no news
  // about the request but some about the account.
  std::optional<Outcome> Probe(const Envelope& envelope, const Credential* credential) override;
  absl::Status Render(const Envelope& envelope, std::string_view content) override;
  absl::Duration LongestDelivery() const override { return settings_.site.total_timeout; }

 private:
  std::optional<Outcome> Say(const Envelope& envelope, const Asked& asked,
                             const std::string& format, std::string_view body,
                             std::vector<std::string> headers, const Credential* credential);

  const Settings settings_;
};

}  // namespace ecluse::exchange
