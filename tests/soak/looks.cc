// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/looks.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "tests/soak/measure.h"

namespace ecluse::soak {
namespace {

constexpr int kTimes = 15;

wire::List Ready(RequestId after) {
  wire::List list;
  list.filter.states = {StateCode::kReady};
  list.after = after;
  return list;
}

}  // namespace

void MeasureLooks(Host& host, const Catalogue& catalogue, const std::string& cell,
                  RequestId last_request, absl::Time now) {
  const Destination& destination = catalogue.destinations().front();
  const identity::Practice& practice = catalogue.practices().back();
  const RequestId middle{last_request.value / 2};
  wire::List of_practice = Ready({});
  of_practice.filter.practice = practice.id;
  const Identity ops = identity::Ops{"anne", true};
  const std::vector<std::tuple<std::string, Identity, wire::CallBody>> looks = {
      {"status", ops, wire::Status{}},
      {"shape", ops, wire::Shape{}},
      {"list, first page", ops, Ready({})},
      {"list, from the middle", ops, Ready(middle)},
      {"list of one practice", ops, of_practice},
      {"show", ops, wire::Show{middle}},
      {"explain", ops, wire::Explain{middle}},
      {"forecast, first page", ops, wire::Forecast{destination, {}}},
      {"a practice's screen", practice, wire::Operators{}},
      {"a practice's inbox, empty", practice, wire::Inbox{}},
  };
  for (const auto& [name, who, call] : looks) {
    std::vector<double> took;
    for (int i = 0; i < kTimes; ++i) {
      host.Hear("l", who, 0, call);
      host.Turn(now);
      took.push_back(host.last().handle * 1e3);
    }
    Row(fmt::format("{} {}", cell, name), Quantile(took, 0.5), "ms");
  }
}

}  // namespace ecluse::soak
