// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "proto/content/check.h"
#include "proto/content/codec.h"
#include "proto/content/texts.h"

namespace {

using namespace ecluse;

// Whatever is said of a problem fits the wire and the screen.
void Judge(Kind kind, std::string_view format, std::string_view bytes) {
  const absl::CivilDay today(2024, 2, 5);
  const auto problems = content::Check(kind, format, bytes, {}, today);
  if (problems.size() > content::kMostProblems) std::abort();
  for (const Problem& problem : problems) {
    if (problem.rule.empty() || problem.source.empty() || problem.path.size() > 200) std::abort();
    if (content::Sentence(problem, Language::kFrench).empty()) std::abort();
  }
}

}  // namespace

// Reading and checking never crash, and what is accepted says the same when said again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto read = content::Decode(bytes); read.ok()) {
    Judge(content::KindOf(*read), content::kTyped, bytes);
    const auto again = content::Decode(content::Encode(*read));
    if (!again.ok() || !(*again == *read)) std::abort();
  } else {
    Judge(Kind::kAuthorisation, content::kTyped, bytes);
  }
  if (const auto read = content::DecodeAnswer(bytes); read.ok()) {
    const auto again = content::DecodeAnswer(content::EncodeAnswer(*read));
    if (!again.ok() || !(*again == *read)) std::abort();
  }
  Judge(Kind::kBill, content::kB2, bytes);
  return 0;
}
