// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/json_parts.h"

#include <nlohmann/json.hpp>

#include "broker/ctl/when.h"
#include "proto/texts.h"

namespace ecluse::ctl {

std::string JsonLine(const JsonObject& object) {
  return object.dump(-1, ' ', false, JsonObject::error_handler_t::replace) + "\n";
}

JsonObject JsonStart(const char* type) {
  JsonObject object;
  object["type"] = type;
  return object;
}

JsonObject TimeOrNull(absl::Time time) {
  const std::string iso = Iso(time);
  return iso.empty() ? JsonObject(nullptr) : JsonObject(iso);
}

JsonObject SecondsOrNull(const std::optional<absl::Duration>& duration) {
  return duration ? JsonObject(absl::ToInt64Seconds(*duration)) : JsonObject(nullptr);
}

void PutGate(JsonObject& object, const GateState& gate) {
  object["gate"] = NameOf(gate.code);
  object["since"] = TimeOrNull(gate.since);
  object["by"] = gate.by;
  object["reason"] = gate.reason;
  object["announced"] = TimeOrNull(gate.announced);
  object["announced_by"] = gate.announced_by;
  object["source"] = gate.source;
  object["slips"] = gate.slips;
  object["paused_until"] = TimeOrNull(gate.paused_until);
  object["pauses"] = gate.pauses;
  object["allowance"] = gate.allowance;
  object["asks"] = gate.asks;
  object["pace"] = {{"window_milli", gate.pace.window},
                    {"learned_milli", gate.pace.learned},
                    {"failed_cohorts", gate.pace.failed_cohorts}};
  object["mix"] = {{"usual_milli", gate.mix.usual},
                   {"known", gate.mix.known},
                   {"seen", gate.mix.seen},
                   {"bad", gate.mix.bad}};
}

JsonObject HoldOf(const Hold& hold) {
  const Scope& scope = hold.scope;
  const JsonObject none(nullptr);
  JsonObject object = JsonStart("hold");
  object["id"] = hold.id.value;
  object["operator"] = scope.run_by ? JsonObject(scope.run_by->text) : none;
  object["service"] = scope.service ? JsonObject(scope.service->text) : none;
  object["practice"] = scope.practice ? JsonObject(scope.practice->text) : none;
  object["request"] = scope.request ? JsonObject(scope.request->value) : none;
  object["kind"] = scope.kind ? JsonObject(NameOf(*scope.kind)) : none;
  object["deposited_from"] = TimeOrNull(scope.deposited_from);
  object["deposited_until"] = TimeOrNull(scope.deposited_until);
  object["since"] = TimeOrNull(hold.since);
  object["until"] = TimeOrNull(hold.until);
  object["by"] = hold.owner;
  object["rule"] = NameOf(hold.rule);
  object["reason"] = hold.reason;
  return object;
}

JsonObject RequestOf(const wire::ListRow& row) {
  const wire::RequestStatus& s = row.status;
  JsonObject object = JsonStart("request");
  object["request"] = s.number.value;
  object["destination"] = ToString(s.destination);
  object["practice"] = row.practice.text;
  object["state"] = NameOf(s.state);
  object["why"] = NameOf(s.why);
  object["deposited_at"] = TimeOrNull(s.deposited_at);
  object["due"] = TimeOrNull(s.due);
  object["attempts"] = s.attempts;
  object["before"] = s.before;
  object["behind"] = s.behind.value != 0 ? JsonObject(s.behind.value) : JsonObject(nullptr);
  object["goes_in_seconds"] = SecondsOrNull(s.goes_in);
  return object;
}

}  // namespace ecluse::ctl
