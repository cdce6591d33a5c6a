// SPDX-License-Identifier: Apache-2.0
#include "adapters/operators/rehearsal.h"

#include <utility>
#include <variant>

#include "adapters/operators/grant.h"
#include "adapters/operators/refine.h"
#include "proto/content/check.h"
#include "proto/content/codec.h"
#include "proto/content/dry_run_rules.h"

namespace ecluse {
namespace {

constexpr char kSource[] = "adapter";

void AddQuirks(const Stage& stage, const Envelope& envelope, const content::Content* read,
               std::vector<Problem>& problems) {
  const auto ended = stage.quirks.Before(stage.service, envelope, read, stage.now);
  if (!ended) return;
  if (std::holds_alternative<outcome::Rejected>(*ended)) {
    problems.push_back(Found("", "operator.never"));
  } else if (std::holds_alternative<outcome::Deferred>(*ended)) {
    problems.push_back(Found("", "operator.not-now"));
  }
}

}  // namespace

std::optional<content::Content> ReadTyped(const Envelope& envelope, std::string_view bytes) {
  if (envelope.format != content::kTyped) return std::nullopt;
  auto content = content::Decode(bytes);
  if (!content.ok()) return std::nullopt;
  return *std::move(content);
}

std::vector<Problem> Rehearse(const Stage& stage, const Envelope& envelope,
                              std::string_view content, const std::string& grant) {
  auto typed = ReadTyped(envelope, content);
  const Fit fit = typed ? TakeGrant(grant, *typed) : Fit::kAsItIs;
  std::string filled;
  if (fit == Fit::kFilled) content = filled = content::Encode(*typed);
  std::vector<Problem> problems = content::Check(envelope.kind, envelope.format, content,
                                                 stage.service.rules, ParisDay(stage.now));
  const size_t excused =
      envelope.follows.value == 0 ? 0 : std::erase_if(problems, content::GrantBrings);
  if (fit == Fit::kDiffers) problems.push_back(Found("authorisation_number", "grant.differs"));
  if (excused > 0 && grant.empty()) {
    problems.push_back(Found("authorisation_number", "grant.unknown"));
  }
  const content::Content* read = typed ? &*typed : nullptr;
  if (TooEarly(stage.service, read, stage.now)) problems.push_back(Found("", "bill.too-early"));
  AddQuirks(stage, envelope, read, problems);
  if (const absl::Status status = stage.driver.Render(envelope, content); !status.ok()) {
    problems.push_back(Found(std::string(status.message()), "message.unwritable"));
  }
  return problems;
}

Problem Found(std::string path, std::string_view rule) {
  for (const content::Rule& row : content::kDryRunRules) {
    if (row.name == rule) return {std::move(path), std::string(rule), row.severity, kSource};
  }
  return {std::move(path), std::string(rule), Severity::kError, kSource};
}

std::string_view RuleOf(LoginTrouble trouble) {
  switch (trouble) {
    case LoginTrouble::kMissing:
      return "login.missing";
    case LoginTrouble::kRefused:
      return "login.refused";
    case LoginTrouble::kTooOld:
      return "login.too-old";
    case LoginTrouble::kVault:
      return "login.vault";
  }
  return "";
}

}  // namespace ecluse
