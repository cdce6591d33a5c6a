// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proto/content/check.h"
#include "proto/content/content.h"
#include "proto/content/texts.h"
#include "tests/fuzz/check.h"

namespace ecluse::fuzz {

// What is said of a content at deposit fits the wire and the screen, and tells no value.
inline void Judge(Kind kind, std::string_view format, std::string_view bytes) {
  const absl::CivilDay today(2024, 2, 5);
  const auto problems = content::Check(kind, format, bytes, {}, today);
  Must(problems.size() <= content::kMostProblems, "problems are counted and cut");
  for (const Problem& problem : problems) {
    Must(!problem.rule.empty() && !problem.source.empty(), "a problem names its rule and source");
    Must(problem.path.size() <= 200, "a path fits the wire");
    MustNotTell(problem.path);
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
      const std::string sentence = content::Sentence(problem, language);
      Must(!sentence.empty(), "every problem has its sentence");
      MustNotTell(sentence);
    }
  }
}

}  // namespace ecluse::fuzz
