// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "proto/b2/check.h"
#include "proto/content/b2_rules.h"
#include "proto/content/check_content.h"

namespace ecluse::content {
namespace {

std::string PathOf(const b2::Problem& problem) {
  if (problem.record == 0) return "";
  std::string path = fmt::format("record {}", problem.record);
  if (problem.position != 0) path += fmt::format(", position {}", problem.position);
  if (!problem.field.empty()) path += fmt::format(" ({})", problem.field);
  return path;
}

}  // namespace

void CheckB2(std::string_view bytes, Findings& out) {
  b2::Rest rest;
  for (const b2::Problem& problem : b2::Check(bytes, kMostProblems, rest)) {
    const bool error = problem.severity == b2::Severity::kError;
    out.Add({PathOf(problem), std::string(NameOf(problem.rule)),
             error ? Severity::kError : Severity::kWarning, "B2"});
  }
  out.LeaveOut(rest.problems, rest.errors);
}

}  // namespace ecluse::content
