// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/routes_file.h"

#include <utility>
#include <vector>

#include "proto/limits.h"
#include "proto/sections.h"

namespace ecluse {
namespace {

void TakeText(Fields& fields, const std::string& name, size_t most, std::string& into) {
  const Setting* setting = fields.Find(name);
  if (setting == nullptr) return;
  const auto* text = std::get_if<std::string>(&setting->value);
  if (text == nullptr || text->empty() || text->size() > most) {
    fields.Wrong(name, "must be a text of 1 to " + std::to_string(most) + " characters");
  } else {
    into = *text;
  }
}

void TakeDay(Fields& fields, const std::string& name, std::optional<absl::CivilDay>& into) {
  const Setting* setting = fields.Find(name);
  if (setting == nullptr) return;
  const auto* text = std::get_if<std::string>(&setting->value);
  absl::CivilDay day;
  // What is parsed must be what was written: February 30 would become a day of March.
  if (text == nullptr || !absl::ParseCivilTime(*text, &day) ||
      absl::FormatCivilTime(day) != *text) {
    fields.Wrong(name, "must be a day, like \"2025-07-01\"");
  } else {
    into = day;
  }
}

absl::Status ReadRoute(const std::string& path, const Section& section, std::vector<Route>& rows) {
  Fields fields(path, section);
  Route row;
  row.line = section.line;
  row.run_by.text = fields.Text("operator");
  if (!IsName(row.run_by.text) || row.run_by == kByCard) {
    fields.Wrong("operator", "must be an operator's name");
  }
  TakeText(fields, "amc", limits::kCardItemBytes, row.amc);
  TakeText(fields, "convention", limits::kCardItemBytes, row.convention);
  TakeText(fields, "csr", limits::kCardItemBytes, row.csr);
  TakeText(fields, "domain", limits::kNameBytes, row.domain);
  TakeDay(fields, "from", row.from);
  TakeDay(fields, "until", row.until);
  TakeDay(fields, "care_from", row.care_from);
  TakeDay(fields, "care_until", row.care_until);
  if (row.from && row.until && *row.until < *row.from) {
    fields.Wrong("until", "is before `from`");
  }
  if (row.care_from && row.care_until && *row.care_until < *row.care_from) {
    fields.Wrong("care_until", "is before `care_from`");
  }
  rows.push_back(std::move(row));
  return fields.Finish();
}

absl::StatusOr<Routes> FromSections(const std::vector<Section>& sections, const std::string& path) {
  std::vector<Route> rows;
  for (const Section& section : sections) {
    const bool is_route = section.name == "route" && section.repeated;
    const bool is_empty_head = section.name.empty() && section.settings.empty();
    if (is_empty_head) continue;
    if (!is_route) {
      return absl::InvalidArgumentError(path + ":" + std::to_string(section.line) +
                                        ": there is only [[route]] here");
    }
    const absl::Status status = ReadRoute(path, section, rows);
    if (!status.ok()) return status;
  }
  auto routes = Routes::Make(std::move(rows), Paris());
  if (!routes.ok()) {
    return absl::InvalidArgumentError(path + ": " + std::string(routes.status().message()));
  }
  return routes;
}

}  // namespace

absl::StatusOr<Routes> ReadRoutes(const std::string& path) {
  const auto sections = ReadSections(path);
  if (!sections.ok()) return sections.status();
  return FromSections(*sections, path);
}

absl::StatusOr<Routes> ParseRoutes(const std::string& text, const std::string& path) {
  const auto sections = ParseSections(text, path);
  if (!sections.ok()) return sections.status();
  return FromSections(*sections, path);
}

absl::TimeZone Paris() {
  absl::TimeZone zone;
  return absl::LoadTimeZone("Europe/Paris", &zone) ? zone : absl::UTCTimeZone();
}

}  // namespace ecluse
