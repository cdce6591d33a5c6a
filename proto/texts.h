// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "proto/errors.h"
#include "proto/job.h"
#include "proto/wire.h"

// A stable name for programs and a text for people, for every code that a screen may show. The
// texts keep to characters of ISO-8859-1, because practice software is often that old.
namespace ecluse {

enum class Language { kFrench, kEnglish };

template <class Code>
struct CodeText {
  Code code;
  std::string_view name;  // "in_doubt", "deposit.conflict": stable, never shown alone
  std::string_view french;
  std::string_view english;
};

// Every code of a list, in order. Exists for the types named here and no other.
template <class Code>
std::span<const CodeText<Code>> CodeTexts();
template <>
std::span<const CodeText<StateCode>> CodeTexts();
template <>
std::span<const CodeText<Wait>> CodeTexts();
template <>
std::span<const CodeText<wire::WhyWaiting>> CodeTexts();
template <>
std::span<const CodeText<wire::Event>> CodeTexts();
template <>
std::span<const CodeText<wire::Verdict>> CodeTexts();
template <>
std::span<const CodeText<GateCode>> CodeTexts();
template <>
std::span<const CodeText<CauseCode>> CodeTexts();
template <>
std::span<const CodeText<OutcomeCode>> CodeTexts();
template <>
std::span<const CodeText<Decision>> CodeTexts();
template <>
std::span<const CodeText<Hindrance>> CodeTexts();
template <>
std::span<const CodeText<Kind>> CodeTexts();
template <>
std::span<const CodeText<HoldRule>> CodeTexts();
template <>
std::span<const CodeText<JobKind>> CodeTexts();
template <>
std::span<const CodeText<JobState>> CodeTexts();
template <>
std::span<const CodeText<wire::JobAct>> CodeTexts();
template <>
std::span<const CodeText<Severity>> CodeTexts();
// The texts of errors say what to do.
template <>
std::span<const CodeText<ErrorCode>> CodeTexts();

// "unknown" for a code that is not in its list, as a newer broker may send.
template <class Code>
std::string_view NameOf(Code code) {
  for (const auto& row : CodeTexts<Code>()) {
    if (row.code == code) return row.name;
  }
  return "unknown";
}

template <class Code>
std::string_view Text(Code code, Language language) {
  const bool french = language == Language::kFrench;
  for (const auto& row : CodeTexts<Code>()) {
    if (row.code == code) return french ? row.french : row.english;
  }
  return french ? "Code inconnu de ce logiciel : une mise à jour est nécessaire."
                : "This software does not know the code: it needs an update.";
}

// The code with this name, as a person types it.
template <class Code>
std::optional<Code> CodeNamed(std::string_view name) {
  for (const auto& row : CodeTexts<Code>()) {
    if (row.name == name) return row.code;
  }
  return std::nullopt;
}

// One line for the practice's screen, hours as in Paris: "Viamedis authorisation: closed since
// 31/01 09:00, reopening announced 12/02 13:00, 812 before you". Where the machine has no time
// zone data, hours are UTC and marked so.
std::string Sentence(const wire::DestinationStatus& status, absl::Time now, Language language);

}  // namespace ecluse
