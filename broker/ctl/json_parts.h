// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "proto/gate.h"
#include "proto/hold.h"
#include "proto/wire.h"

// What the JSON of several answers is made of.
namespace ecluse::ctl {

using JsonObject = nlohmann::ordered_json;

// One line. Bytes that are no UTF-8 are replaced: what people wrote must not end the program.
std::string JsonLine(const JsonObject& object);
JsonObject JsonStart(const char* type);
// null for the ends of time.
JsonObject TimeOrNull(absl::Time time);
// Whole seconds; null: nobody can tell.
JsonObject SecondsOrNull(const std::optional<absl::Duration>& duration);

void PutGate(JsonObject& object, const GateState& gate);
JsonObject HoldOf(const Hold& hold);
JsonObject RequestOf(const wire::ListRow& row);

}  // namespace ecluse::ctl
