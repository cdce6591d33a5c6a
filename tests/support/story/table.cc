// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/table.h"

#include <fmt/format.h>

namespace ecluse::story {
namespace {

std::string Row(const Line& line) {
  return fmt::format("  {:<14}{:>10}{:>10}{:>9}{:>10}{:>10}{:>10}{:>7}{:>12}\n", line.who,
                     line.deposited, line.receipts,
                     fmt::format("{}/{}", line.same_receipt, line.again), line.accepted_once,
                     line.answered, line.in_doubt, line.lost, line.duplicated);
}

}  // namespace

std::string Table(const Verdict& verdict) {
  std::string table = fmt::format("  {:<14}{:>10}{:>10}{:>9}{:>10}{:>10}{:>10}{:>7}{:>12}\n",
                                  "practice", "deposited", "receipts", "repeats", "accepted",
                                  "answered", "in doubt", "lost", "duplicated");
  table += fmt::format("  {:<14}{:>10}{:>10}{:>9}{:>10}{:>10}{:>10}{:>7}{:>12}\n", "", "", "",
                       "same no.", "once", "", "", "", "");
  for (const Line& line : verdict.practices) table += Row(line);
  table += "  " + std::string(92, '-') + "\n";
  table += Row(verdict.total);
  return table;
}

std::string LastLine(const Verdict& verdict) {
  const Line& t = verdict.total;
  return fmt::format("story: deposited={} settled={} in_doubt={} lost={} duplicated={}",
                     t.deposited, t.settled, t.in_doubt, t.lost, t.duplicated);
}

}  // namespace ecluse::story
