// SPDX-License-Identifier: Apache-2.0
#include "adapters/vault/refusals.h"

#include <sstream>

#include "adapters/vault/files.h"

namespace ecluse {
namespace {

constexpr size_t kMostBytes = 4 << 20;

}  // namespace

absl::StatusOr<Refusals> ParseRefusals(const std::string& text, const std::string& path) {
  Refusals refusals;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string practice, what;
    Refusal refusal;
    words >> practice >> refusal.epoch >> what >> refusal.suspicions;
    refusal.refused = what == "refused";
    if (words.fail() || !IsName(practice) || (!refusal.refused && what != "suspected")) {
      return absl::DataLossError(path + ": has a line that can't be read");
    }
    refusals[{practice}] = refusal;
  }
  return refusals;
}

std::string RefusalsText(const Refusals& refusals) {
  std::ostringstream text;
  for (const auto& [each, known] : refusals) {
    text << each.text << ' ' << known.epoch << ' ' << (known.refused ? "refused" : "suspected")
         << ' ' << known.suspicions << '\n';
  }
  return text.str();
}

absl::StatusOr<Refusals> ReadRefusals(const std::string& path) {
  const auto text = ReadSecretFile(path, kMostBytes);
  if (absl::IsNotFound(text.status())) return Refusals();
  if (!text.ok()) return text.status();
  return ParseRefusals(*text, path);
}

absl::Status NoteRefusal(const std::string& path, const PracticeId& practice,
                         const Refusal& refusal) {
  const auto lock = FileLock::Take(path);
  if (!lock.ok()) return lock.status();
  auto refusals = ReadRefusals(path);
  if (!refusals.ok()) return refusals.status();
  if (refusal.refused || refusal.suspicions > 0) {
    (*refusals)[practice] = refusal;
  } else {
    refusals->erase(practice);
  }
  return ReplaceFile(path, RefusalsText(*refusals));
}

}  // namespace ecluse
