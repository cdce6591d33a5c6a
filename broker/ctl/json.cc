// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/json.h"

#include <nlohmann/json.hpp>

#include "broker/ctl/json_parts.h"
#include "proto/texts.h"

namespace ecluse::ctl {
namespace {

using Object = JsonObject;

Object CardOf(const Card& card) {
  Object object;
  object["amc"] = card.amc;
  object["convention"] = card.convention;
  object["csr"] = card.csr;
  object["domain"] = card.domain;
  object["day"] = absl::FormatCivilTime(card.day);
  return object;
}

Object EntryOf(const JournalEntry& entry) {
  Object object;
  object["at"] = TimeOrNull(entry.at);
  object["cause"] = NameOf(entry.cause);
  object["from"] = entry.from ? Object(NameOf(*entry.from)) : Object(nullptr);
  object["to"] = NameOf(entry.to);
  object["attempt"] = entry.attempt;
  object["outcome"] = NameOf(entry.outcome);
  if (entry.outcome == OutcomeCode::kDeferred) {
    object["hindrance"] = NameOf(static_cast<Hindrance>(entry.detail));
  } else if (entry.outcome == OutcomeCode::kAnswered ||
             (entry.outcome == OutcomeCode::kAccepted && entry.detail != 0)) {
    object["decision"] = NameOf(static_cast<Decision>(entry.detail));
  }
  object["by"] = entry.actor;
  object["note"] = entry.note;
  return object;
}

}  // namespace

std::string Json(const wire::StatusReport& report) {
  Object head = JsonStart("status");
  head["version"] = report.version;
  head["up_seconds"] = absl::ToInt64Seconds(report.up);
  head["disk_low"] = report.disk_low;
  head["holds"] = report.holds;
  head["workers"] = report.workers;
  head["unfit"] = report.unfit;
  head["epoch"] = report.epoch;
  head["alarms"] = report.alarms;
  std::string lines = JsonLine(head);
  for (const auto& d : report.destinations) {
    Object object = JsonStart("destination");
    object["destination"] = ToString(d.destination);
    PutGate(object, d.gate);
    object["held"] = d.held;
    object["waiting"] = d.waiting;
    object["in_flight"] = d.in_flight;
    object["served"] = d.served;
    object["opens_in_seconds"] = SecondsOrNull(d.opens_in);
    object["empty_in_seconds"] = SecondsOrNull(d.empty_in);
    lines += JsonLine(object);
  }
  for (const auto& c : report.counts) {
    Object object = JsonStart("count");
    object["destination"] = ToString(c.destination);
    object["state"] = NameOf(c.state);
    object["requests"] = c.requests;
    lines += JsonLine(object);
  }
  return lines;
}

std::string Json(const wire::ShapeReport& report) {
  std::string lines;
  for (const auto& row : report.rows) {
    Object object = JsonStart("shape");
    object["destination"] = ToString(row.destination);
    object["ages"] = Object::array();
    for (size_t i = 0; i < row.requests.size(); ++i) {
      const bool edged = i < std::size(wire::kShapeHours);
      Object age;
      age["under_hours"] = edged ? Object(wire::kShapeHours[i]) : Object(nullptr);
      age["requests"] = row.requests[i];
      object["ages"].push_back(std::move(age));
    }
    object["due_within_hours"] = wire::kShapeDueHours;
    object["due_soon"] = row.due_soon;
    object["due_at_least"] = row.due_at_least;
    lines += JsonLine(object);
  }
  return lines;
}

std::string Json(const wire::ListResult& list) {
  std::string lines;
  for (const auto& row : list.rows) lines += JsonLine(RequestOf(row));
  if (list.next.value != 0) {
    Object next = JsonStart("next");
    next["after"] = list.next.value;
    lines += JsonLine(next);
  }
  return lines;
}

std::string Json(const wire::ShowResult& shown) {
  Object object = RequestOf(shown.row);
  object["finess"] = shown.finess;
  object["kind"] = NameOf(shown.kind);
  object["format"] = shown.format;
  object["content_bytes"] = shown.content_bytes;
  object["next_at"] = shown.next_at ? TimeOrNull(*shown.next_at) : Object(nullptr);
  const wire::RequestStatus& s = shown.row.status;
  object["follows"] = s.follows.value != 0 ? Object(s.follows.value) : Object(nullptr);
  object["said"] = Object::array();
  for (const Decision decision : s.said) object["said"].push_back(NameOf(decision));
  const bool waiting = s.state == StateCode::kWaiting;
  object["wait"] = waiting ? Object(NameOf(shown.wait)) : Object(nullptr);
  object["number"] = shown.number;
  object["grant"] = shown.grant;
  object["maybe_twice"] = shown.maybe_twice;
  object["deposited_to"] =
      shown.deposited_to ? Object(ToString(*shown.deposited_to)) : Object(nullptr);
  object["card"] = shown.card ? CardOf(*shown.card) : Object(nullptr);
  object["holds"] = Object::array();
  for (const Hold& hold : shown.holds) object["holds"].push_back(HoldOf(hold));
  object["history"] = Object::array();
  for (const JournalEntry& entry : shown.history) object["history"].push_back(EntryOf(entry));
  return JsonLine(object);
}

std::string Json(const wire::GateResult& result) {
  Object object = JsonStart("gate");
  object["destination"] = ToString(result.destination);
  PutGate(object, result.gate);
  return JsonLine(object);
}

std::string Json(const wire::HoldsResult& result) {
  std::string lines;
  for (const Hold& hold : result.holds) lines += JsonLine(HoldOf(hold));
  return lines;
}

std::string Json(const wire::ActResult& result) {
  Object object = JsonStart("act");
  object["requests"] = result.requests;
  object["done"] = result.done;
  object["token"] = result.token;
  object["more"] = result.more;
  return JsonLine(object);
}

std::string Json(const Error& error) {
  Object object = JsonStart("error");
  object["code"] = static_cast<int>(error.code);
  object["name"] = NameOf(error.code);
  object["field"] = error.field;
  if (error.problems.empty()) return JsonLine(object);
  object["problems"] = Object::array();
  for (const Problem& problem : error.problems) {
    object["problems"].push_back({{"path", problem.path},
                                  {"rule", problem.rule},
                                  {"severity", NameOf(problem.severity)},
                                  {"source", problem.source}});
  }
  return JsonLine(object);
}

}  // namespace ecluse::ctl
