// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/table.h"

#include <fmt/format.h>

namespace ecluse::story {
namespace {

constexpr char kRow[] = "  {:<14}{:>10}{:>10}{:>10}{:>10}{:>12}{:>10}{:>7}{:>12}\n";

constexpr char kShare[] = "  {:<14}{:>10}{:>15}{:>12}{:>13}\n";

std::string Row(const Line& line) {
  return fmt::format(kRow, line.who, line.deposited,
                     fmt::format("{}/{}", line.same_receipt, line.again), line.settled,
                     line.rejected, line.given_back, line.in_doubt, line.lost, line.duplicated);
}

}  // namespace

std::string Table(const Verdict& verdict, const Clock& clock) {
  std::string table = fmt::format(kRow, "operator", "deposited", "repeats", "settled", "rejected",
                                  "given back", "in doubt", "lost", "duplicated");
  table += fmt::format(kRow, "", "", "same no.", "", "", "", "", "", "");
  for (const Line& line : verdict.operators) table += Row(line);
  table += "  " + std::string(95, '-') + "\n";
  table += Row(verdict.total) + "\n";
  table +=
      fmt::format(kShare, "practice", "deposited", "in first half", "equal turn", "last answer");
  for (const Share& share : verdict.shares) {
    const bool heard = share.last != absl::InfinitePast();
    table += fmt::format(kShare, share.practice.text, share.deposited, share.early,
                         fmt::format("{:.0f}", share.fair), heard ? clock.Tell(share.last) : "");
  }
  return table;
}

std::string LastLine(const Verdict& verdict) {
  const Line& t = verdict.total;
  return fmt::format(
      "story: deposited={} settled={} in_doubt={} lost={} duplicated={} starved={} "
      "reclosed={}",
      t.deposited, t.settled + t.rejected + t.given_back, t.in_doubt, t.lost, t.duplicated,
      verdict.Starved(), verdict.reclosed);
}

}  // namespace ecluse::story
