// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/player.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace ecluse::story {
namespace {

constexpr char kMailWaits[] = "resend_after = \"3s\"\n";

}  // namespace

bool ByMail(const profile::Service& service) {
  return service.protocol == profile::Protocol::kMail;
}

absl::StatusOr<std::string> ProfileWithShortWaits(const std::string& name,
                                                  const std::string& driver_waits) {
  const std::string path =
      fmt::format("{}/adapters/operators/{}/profile.toml", ECLUSE_SOURCE, name);
  const auto profile = profile::ReadProfile(path);
  if (!profile.ok()) return profile.status();
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  for (const profile::Service& service : profile->services) {
    const std::string head = fmt::format("[[driver]]\nservice = \"{}\"\n", service.name.text);
    const std::string waits = driver_waits + (ByMail(service) ? kMailWaits : "");
    const size_t at = text.find(head);
    if (at == std::string::npos) {
      text += "\n" + head + waits;
    } else {
      text.insert(at + head.size(), waits);
    }
  }
  return text;
}

std::vector<patients::Counter> CountersOf(const std::vector<Player>& players, bool mail) {
  std::vector<patients::Counter> counters;
  for (const Player& player : players) {
    patients::Counter counter;
    counter.run_by = player.id();
    counter.amc = patients::MadeUpAmc(counters.size());
    for (const profile::Service& service : player.profile.services) {
      const auto takes = [&](Kind kind) {
        return std::ranges::find(service.rules.kinds, kind) != service.rules.kinds.end();
      };
      counter.quotations |= takes(Kind::kQuotation);
      if (takes(Kind::kBill)) counter.bills = !ByMail(service) || mail;
      if (takes(Kind::kBill)) counter.typed_bills = !ByMail(service);
      if (takes(Kind::kAuthorisation) && service.protocol == profile::Protocol::kExchange) {
        counter.flow = service.name;
      }
    }
    counters.push_back(std::move(counter));
  }
  return counters;
}

std::vector<Destination> DestinationsOf(const Player& player) {
  std::vector<Destination> all;
  for (const auto& service : player.profile.services) all.push_back({player.id(), service.name});
  return all;
}

std::vector<Destination> PortalsOf(const Player& player) {
  std::vector<Destination> all;
  for (const auto& service : player.profile.services) {
    if (!ByMail(service)) all.push_back({player.id(), service.name});
  }
  return all;
}

}  // namespace ecluse::story
