// SPDX-License-Identifier: Apache-2.0
#include "broker/core/request/routes.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace ecluse {
namespace {

using Bound = std::optional<absl::CivilDay>;

std::string_view Significant(std::string_view number) {
  const size_t first = number.find_first_not_of('0');
  return first == std::string_view::npos ? "" : number.substr(first);
}

bool FitsPattern(std::string_view pattern, std::string_view text) {
  return std::equal(pattern.begin(), pattern.end(), text.begin(), text.end(),
                    [](char p, char t) { return p == '?' || p == t; });
}

// Is there a text that both patterns fit?
bool Meet(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return true;
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return x == y || x == '?' || y == '?'; });
}

bool Agree(std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; }

bool Within(const Bound& from, const Bound& until, absl::CivilDay day) {
  return (!from || *from <= day) && (!until || day <= *until);
}

bool Overlap(const Bound& from_a, const Bound& until_a, const Bound& from_b, const Bound& until_b) {
  return (!from_a || !until_b || *from_a <= *until_b) &&
         (!from_b || !until_a || *from_b <= *until_a);
}

auto Specificity(const Route& row) {
  const auto written = row.csr.size() - std::count(row.csr.begin(), row.csr.end(), '?');
  return std::tuple(!row.amc.empty(), written, row.csr.size(), !row.convention.empty(),
                    !row.domain.empty());
}

bool CouldBothWin(const Route& a, const Route& b) {
  return Specificity(a) == Specificity(b) &&
         (a.amc.empty() || Significant(a.amc) == Significant(b.amc)) && Meet(a.csr, b.csr) &&
         Agree(a.convention, b.convention) && Agree(a.domain, b.domain) &&
         Overlap(a.from, a.until, b.from, b.until) &&
         Overlap(a.care_from, a.care_until, b.care_from, b.care_until);
}

bool Fits(const Route& row, const Card& card, absl::CivilDay today) {
  return (row.amc.empty() || Significant(row.amc) == Significant(card.amc)) &&
         (row.csr.empty() || FitsPattern(row.csr, card.csr)) &&
         (row.convention.empty() || row.convention == card.convention) &&
         (row.domain.empty() || row.domain == card.domain) && Within(row.from, row.until, today) &&
         Within(row.care_from, row.care_until, card.day);
}

}  // namespace

absl::StatusOr<Routes> Routes::Make(std::vector<Route> rows, absl::TimeZone zone) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Route& a, const Route& b) { return Specificity(a) > Specificity(b); });
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t j = i + 1; j < rows.size(); ++j) {
      if (rows[i].run_by == rows[j].run_by || !CouldBothWin(rows[i], rows[j])) continue;
      const auto [first, second] = std::minmax(rows[i].line, rows[j].line);
      return absl::InvalidArgumentError("the routes of lines " + std::to_string(first) + " and " +
                                        std::to_string(second) +
                                        " fit the same cards on the same days, and neither is "
                                        "more specific");
    }
  }
  Routes routes;
  routes.rows_ = std::move(rows);
  routes.zone_ = zone;
  return routes;
}

std::optional<OperatorId> Routes::Resolve(const Card& card, absl::Time now) const {
  const absl::CivilDay today = absl::ToCivilDay(now, zone_);
  for (const Route& row : rows_) {
    if (Fits(row, card, today)) return row.run_by;
  }
  return std::nullopt;
}

std::vector<OperatorId> Routes::Operators() const {
  std::vector<OperatorId> all;
  for (const Route& row : rows_) all.push_back(row.run_by);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace ecluse
