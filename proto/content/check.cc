// SPDX-License-Identifier: Apache-2.0
#include "proto/content/check.h"

#include <algorithm>
#include <string>

#include "proto/content/check_content.h"
#include "proto/content/codec.h"
#include "proto/content/reading.h"
#include "proto/limits.h"

namespace ecluse::content {
namespace {

const At kRoot;

// A media type without its parameters, in small letters.
std::string Essence(std::string_view format) {
  std::string type(format.substr(0, std::min(format.find_first_of("; "), format.size())));
  for (char& c : type) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return type;
}

void CheckTaken(Kind kind, const std::string& type, size_t bytes, const Rules& rules,
                Findings& out) {
  if (kind == Kind::kQuotation && rules.quotation_creates) {
    out.Say(kRoot, "quotation.creates", rules.profile);
  } else if (!rules.kinds.empty() && std::ranges::find(rules.kinds, kind) == rules.kinds.end()) {
    out.Say(kRoot, "kind.taken", rules.profile);
  }
  const auto same = [&](const std::string& format) { return Essence(format) == type; };
  if (!rules.formats.empty() && std::ranges::none_of(rules.formats, same)) {
    out.Say(kRoot, "format.taken", rules.profile);
  }
  const bool own_limit = rules.most_bytes != 0 && rules.most_bytes < limits::kContentBytes;
  const uint64_t most = own_limit ? rules.most_bytes : limits::kContentBytes;
  if (bytes > most) out.Say(kRoot, "size.most", own_limit ? rules.profile : std::string(kOurs));
}

void CheckTyped(Kind kind, std::string_view bytes, const Rules& rules, Day today, Findings& out) {
  if (bytes.size() > limits::kContentBytes) return;  // was said
  const Found found = ReadContent(bytes);
  for (const Mistake& mistake : found.mistakes) out.Unreadable(mistake);
  if (!found.content) return;
  if (KindOf(*found.content) != kind) return out.Say(kRoot, "content.kind");
  CheckContent(*found.content, today, out);
  CheckRequirements(*found.content, rules, out);
}

}  // namespace

std::vector<Problem> Check(Kind kind, std::string_view format, std::string_view bytes,
                           const Rules& rules, absl::CivilDay today) {
  Findings out;
  const std::string type = Essence(format);
  CheckTaken(kind, type, bytes.size(), rules, out);
  if (type == kTyped) {
    CheckTyped(kind, bytes, rules, today, out);
  } else if (type == kAnswer || (type == kB2 && kind != Kind::kBill)) {
    out.Say(kRoot, "format.kind");
  } else if (type == kB2) {
    CheckB2(bytes, out);
  }
  return out.Take(kMostProblems);
}

bool GrantBrings(const Problem& problem) {
  if (problem.rule != "field.missing") return false;
  return problem.path == "authorisation_number" || problem.path == "granted_on";
}

}  // namespace ecluse::content
