// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "adapters/protocols/https/endings.h"

namespace ecluse::https {

Said ReadAnswer(const std::string& body) {
  Said said;
  const auto json = nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return said;
  const auto text = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : "";
  };
  said.never_had = text("never_had");
  const std::string decision = text("decision");
  if (decision == "granted") said.decision = Decision::kGranted;
  if (decision == "refused") said.decision = Decision::kRefused;
  if (decision == "acknowledged") said.decision = Decision::kAcknowledged;
  if (decision == "other") said.decision = Decision::kOther;
  return said;
}

}  // namespace ecluse::https
