// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/ctl/table.h"
#include "broker/ctl/text.h"
#include "proto/texts.h"

namespace ecluse::ctl {

std::string Text(const Error& error, const View& view) {
  const auto language = view.french ? Language::kFrench : Language::kEnglish;
  std::string text = fmt::format("eclusectl: {} ({}): {}{}\n", static_cast<int>(error.code),
                                 NameOf(error.code), ecluse::Text(error.code, language),
                                 error.field.empty() ? "" : " [" + error.field + "]");
  for (const Problem& problem : error.problems) {
    const std::string path = problem.path.empty() ? "" : Plain(problem.path) + " ";
    text += fmt::format("  {}{} {}{} ({})\n", ecluse::Text(problem.severity, language),
                        view(":", " :"), path, Plain(problem.rule), Plain(problem.source));
  }
  return text;
}

}  // namespace ecluse::ctl
