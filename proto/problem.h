// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ecluse {

enum class Severity : uint8_t {
  kWarning = 1,  // accepted all the same; the practice should look at it
  kError = 2,    // refused
};

// One thing that is wrong with a content: where, which rule, how bad, and who says so. Never the
// value that was found: it may be a patient's.
struct Problem {
  std::string path;  // "lines[2].lpp", "record 3, position 25 (nir-key)"; empty: the whole content
  std::string rule;  // a stable name, "nir.key"; its texts are in proto/content/texts.h
  Severity severity = Severity::kError;
  std::string source;  // the norm, law or document; "viamedis profile" where an operator asks

  bool operator==(const Problem&) const = default;
};

// Warnings alone refuse nothing.
inline bool HasErrors(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    if (problem.severity == Severity::kError) return true;
  }
  return false;
}

}  // namespace ecluse
