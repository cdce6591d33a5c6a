// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/protocols/driver.h"
#include "proto/profile/status.h"

namespace ecluse {

// Says what the test told it to say, and remembers with whose login.
class ScriptedDriver : public Driver {
 public:
  std::optional<Outcome> says;
  absl::Status renders;
  std::vector<std::string> contents;  // of every delivery
  std::vector<std::string> logins;    // of every exchange; "-" without one
  std::vector<Handler::News> news;
  std::vector<uint64_t> noted;
  absl::Duration longest = absl::Seconds(60);

  absl::Status Render(const Envelope&, std::string_view) override { return renders; }
  std::optional<Outcome> Deliver(const Envelope&, uint32_t, std::string_view content,
                                 const Credential* credential) override {
    contents.emplace_back(content);
    logins.push_back(credential == nullptr ? "-" : credential->login);
    return says;
  }
  std::optional<Outcome> Probe(const Envelope&, const Credential* credential) override {
    logins.push_back(credential == nullptr ? "-" : credential->login);
    return says;
  }
  std::vector<Handler::News> Collect() override { return news; }
  void Noted(const Handler::News& item, ErrorCode) override { noted.push_back(item.token); }
  absl::Duration LongestDelivery() const override { return longest; }
};

}  // namespace ecluse
