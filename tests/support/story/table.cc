// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/table.h"

#include <fmt/format.h>

namespace ecluse::story {
namespace {

constexpr char kRow[] = "  {:<14}{:>10}{:>10}{:>10}{:>10}{:>10}{:>7}{:>12}\n";

std::string Row(const Line& line) {
  return fmt::format(kRow, line.who, line.deposited,
                     fmt::format("{}/{}", line.same_receipt, line.again), line.settled,
                     line.rejected, line.in_doubt, line.lost, line.duplicated);
}

}  // namespace

std::string Table(const Verdict& verdict) {
  std::string table = fmt::format(kRow, "operator", "deposited", "repeats", "settled", "rejected",
                                  "in doubt", "lost", "duplicated");
  table += fmt::format(kRow, "", "", "same no.", "", "", "", "", "");
  for (const Line& line : verdict.operators) table += Row(line);
  table += "  " + std::string(83, '-') + "\n";
  table += Row(verdict.total);
  return table;
}

std::string LastLine(const Verdict& verdict) {
  const Line& t = verdict.total;
  return fmt::format("story: deposited={} settled={} in_doubt={} lost={} duplicated={}",
                     t.deposited, t.settled + t.rejected, t.in_doubt, t.lost, t.duplicated);
}

}  // namespace ecluse::story
