// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/json.h"

#include <nlohmann/json.hpp>

#include "broker/ctl/when.h"
#include "proto/texts.h"

namespace ecluse::ctl {
namespace {

using Object = nlohmann::ordered_json;

std::string Line(const Object& object) {
  // Bytes that are no UTF-8 are replaced: what people wrote must not end the program.
  return object.dump(-1, ' ', false, Object::error_handler_t::replace) + "\n";
}

Object Start(const char* type) {
  Object object;
  object["type"] = type;
  return object;
}

Object TimeOrNull(absl::Time time) {
  const std::string iso = Iso(time);
  return iso.empty() ? Object(nullptr) : Object(iso);
}

void PutGate(Object& object, const GateState& gate) {
  object["gate"] = NameOf(gate.code);
  object["since"] = TimeOrNull(gate.since);
  object["by"] = gate.by;
  object["reason"] = gate.reason;
  object["announced"] = TimeOrNull(gate.announced);
  object["paused_until"] = TimeOrNull(gate.paused_until);
  object["allowance"] = gate.allowance;
}

Object HoldOf(const Hold& hold) {
  Object object = Start("hold");
  object["id"] = hold.id.value;
  object["operator"] = hold.scope.run_by ? Object(hold.scope.run_by->text) : Object(nullptr);
  object["service"] = hold.scope.service ? Object(hold.scope.service->text) : Object(nullptr);
  object["practice"] = hold.scope.practice ? Object(hold.scope.practice->text) : Object(nullptr);
  object["request"] = hold.scope.request ? Object(hold.scope.request->value) : Object(nullptr);
  object["since"] = TimeOrNull(hold.since);
  object["by"] = hold.owner;
  object["rule"] = NameOf(hold.rule);
  object["reason"] = hold.reason;
  return object;
}

Object CardOf(const Card& card) {
  Object object;
  object["amc"] = card.amc;
  object["convention"] = card.convention;
  object["csr"] = card.csr;
  object["domain"] = card.domain;
  object["day"] = absl::FormatCivilTime(card.day);
  return object;
}

Object RequestOf(const wire::ListRow& row) {
  const wire::RequestStatus& s = row.status;
  Object object = Start("request");
  object["request"] = s.number.value;
  object["destination"] = ToString(s.destination);
  object["practice"] = row.practice.text;
  object["state"] = NameOf(s.state);
  object["why"] = NameOf(s.why);
  object["deposited_at"] = TimeOrNull(s.deposited_at);
  object["attempts"] = s.attempts;
  object["before"] = s.before;
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
  Object head = Start("status");
  head["version"] = report.version;
  head["up_seconds"] = absl::ToInt64Seconds(report.up);
  head["disk_low"] = report.disk_low;
  head["holds"] = report.holds;
  head["workers"] = report.workers;
  head["unfit"] = report.unfit;
  std::string lines = Line(head);
  for (const auto& d : report.destinations) {
    Object object = Start("destination");
    object["destination"] = ToString(d.destination);
    PutGate(object, d.gate);
    object["held"] = d.held;
    object["waiting"] = d.waiting;
    object["in_flight"] = d.in_flight;
    lines += Line(object);
  }
  for (const auto& c : report.counts) {
    Object object = Start("count");
    object["destination"] = ToString(c.destination);
    object["state"] = NameOf(c.state);
    object["requests"] = c.requests;
    lines += Line(object);
  }
  return lines;
}

std::string Json(const wire::ShapeReport& report) {
  std::string lines;
  for (const auto& row : report.rows) {
    Object object = Start("shape");
    object["destination"] = ToString(row.destination);
    object["ages"] = Object::array();
    for (size_t i = 0; i < row.requests.size(); ++i) {
      const bool edged = i < std::size(wire::kShapeHours);
      Object age;
      age["under_hours"] = edged ? Object(wire::kShapeHours[i]) : Object(nullptr);
      age["requests"] = row.requests[i];
      object["ages"].push_back(std::move(age));
    }
    lines += Line(object);
  }
  return lines;
}

std::string Json(const wire::ListResult& list) {
  std::string lines;
  for (const auto& row : list.rows) lines += Line(RequestOf(row));
  if (list.next.value != 0) {
    Object next = Start("next");
    next["after"] = list.next.value;
    lines += Line(next);
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
  object["card"] = shown.card ? CardOf(*shown.card) : Object(nullptr);
  object["holds"] = Object::array();
  for (const Hold& hold : shown.holds) object["holds"].push_back(HoldOf(hold));
  object["history"] = Object::array();
  for (const JournalEntry& entry : shown.history) object["history"].push_back(EntryOf(entry));
  return Line(object);
}

std::string Json(const wire::GateResult& result) {
  Object object = Start("gate");
  object["destination"] = ToString(result.destination);
  PutGate(object, result.gate);
  return Line(object);
}

std::string Json(const wire::HoldsResult& result) {
  std::string lines;
  for (const Hold& hold : result.holds) lines += Line(HoldOf(hold));
  return lines;
}

std::string Json(const wire::ActResult& result) {
  Object object = Start("act");
  object["requests"] = result.requests;
  object["done"] = result.done;
  object["token"] = result.token;
  object["more"] = result.more;
  return Line(object);
}

std::string Json(const Error& error) {
  Object object = Start("error");
  object["code"] = static_cast<int>(error.code);
  object["name"] = NameOf(error.code);
  object["field"] = error.field;
  if (error.problems.empty()) return Line(object);
  object["problems"] = Object::array();
  for (const Problem& problem : error.problems) {
    object["problems"].push_back({{"path", problem.path},
                                  {"rule", problem.rule},
                                  {"severity", NameOf(problem.severity)},
                                  {"source", problem.source}});
  }
  return Line(object);
}

}  // namespace ecluse::ctl
