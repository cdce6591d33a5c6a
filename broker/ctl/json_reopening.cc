// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "broker/ctl/filter.h"
#include "broker/ctl/json.h"
#include "broker/ctl/json_parts.h"
#include "proto/texts.h"

namespace ecluse::ctl {

std::string Json(const wire::Explanation& explained) {
  JsonObject object = RequestOf(explained.row);
  object["type"] = "explanation";
  object["reasons"] = JsonObject::array();
  for (const wire::WhyWaiting why : explained.reasons) object["reasons"].push_back(NameOf(why));
  object["goes_in_seconds"] = SecondsOrNull(explained.goes_in);
  object["rate_milli"] = explained.rate_milli;
  JsonObject gate;
  PutGate(gate, explained.gate);
  object["gate"] = std::move(gate);
  object["holds"] = JsonObject::array();
  for (const Hold& hold : explained.holds) object["holds"].push_back(HoldOf(hold));
  return JsonLine(object);
}

std::string Json(const wire::ForecastResult& forecast) {
  JsonObject head = JsonStart("forecast");
  head["destination"] = ToString(forecast.destination);
  head["waiting"] = forecast.waiting;
  head["rate_milli"] = forecast.rate_milli;
  head["measured"] = forecast.measured;
  head["opens_in_seconds"] = SecondsOrNull(forecast.opens_in);
  head["empty_in_seconds"] = SecondsOrNull(forecast.empty_in);
  std::string lines = JsonLine(head);
  for (const auto& row : forecast.rows) {
    JsonObject object = JsonStart("forecast_practice");
    object["destination"] = ToString(forecast.destination);
    object["practice"] = row.practice.text;
    object["waiting"] = row.waiting;
    object["empty_in_seconds"] = SecondsOrNull(row.empty_in);
    object["late"] = row.late;
    object["looked_at_all"] = row.looked_at_all;
    lines += JsonLine(object);
  }
  return lines;
}

std::string Json(const wire::JobsResult& jobs) {
  std::string lines;
  for (const auto& [job, token] : jobs.rows) {
    JsonObject object = JsonStart("job");
    object["job"] = job.id.value;
    object["kind"] = NameOf(job.kind);
    object["state"] = NameOf(job.state);
    object["filter"] = FilterText(job.filter);
    object["to"] = job.to ? JsonObject(ToString(*job.to)) : JsonObject(nullptr);
    object["by"] = job.by;
    object["second"] = job.second;
    object["reason"] = job.reason;
    object["since"] = TimeOrNull(job.since);
    object["planned"] = job.planned;
    object["done"] = job.done;
    object["failed"] = job.failed;
    object["token"] = token;
    lines += JsonLine(object);
  }
  return lines;
}

std::string Json(const wire::FindingsResult& findings) {
  std::string lines;
  for (const auto& row : findings.rows) {
    JsonObject object = JsonStart("finding");
    object["request"] = row.request.value;
    object["problems"] = JsonObject::array();
    for (const Problem& problem : row.problems) {
      object["problems"].push_back({{"path", problem.path},
                                    {"rule", problem.rule},
                                    {"severity", NameOf(problem.severity)},
                                    {"source", problem.source}});
    }
    lines += JsonLine(object);
  }
  return lines;
}

std::string Json(const wire::BackupResult& backup) {
  JsonObject object = JsonStart("backup");
  object["path"] = backup.path;
  object["last_request"] = backup.last_request.value;
  return JsonLine(object);
}

}  // namespace ecluse::ctl
