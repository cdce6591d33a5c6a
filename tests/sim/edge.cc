// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/edge.h"

namespace ecluse::sim {

std::vector<Problem> Look(const std::string& content, bool strict) {
  const Problem odd{"lines[1]", "sim.odd", Severity::kWarning, "the story"};
  if (content.starts_with("odd ")) return {odd};
  if (content.starts_with("broken ")) {
    return {{"lines[0]", "sim.broken", Severity::kError, "the story"}, odd};
  }
  if (strict && content.starts_with("novel ")) {
    return {{"", "sim.novel", Severity::kError, "the story"}};
  }
  return {};
}

}  // namespace ecluse::sim
