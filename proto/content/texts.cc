// SPDX-License-Identifier: Apache-2.0
#include "proto/content/texts.h"

#include <fmt/format.h>

#include "proto/content/b2_rules.h"
#include "proto/content/dry_run_rules.h"
#include "proto/content/rules.h"

namespace ecluse::content {

std::string_view RuleText(std::string_view rule, Language language) {
  const bool french = language == Language::kFrench;
  for (const Rule& row : kRules) {
    if (row.name == rule) return french ? row.french : row.english;
  }
  for (const Rule& row : kDryRunRules) {
    if (row.name == rule) return french ? row.french : row.english;
  }
  for (const B2Rule& row : B2Rules()) {
    if (row.name == rule) return french ? row.french : b2::TextOf(row.rule);
  }
  return french ? "règle inconnue de ce logiciel : une mise à jour est nécessaire"
                : "this software does not know the rule: it needs an update";
}

std::string Sentence(const Problem& problem, Language language) {
  const bool french = language == Language::kFrench;
  const bool error = problem.severity == Severity::kError;
  const std::string_view text = RuleText(problem.rule, language);
  const std::string_view whole = french ? "contenu" : "content";
  const std::string_view where = problem.path.empty() ? whole : std::string_view(problem.path);
  if (french) {
    return fmt::format("{} : {} ({} ; {})", where, text, problem.source,
                       error ? "erreur" : "avertissement");
  }
  return fmt::format("{}: {} ({}; {})", where, text, problem.source, error ? "error" : "warning");
}

}  // namespace ecluse::content
