// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/operators/quirks.h"
#include "adapters/protocols/driver.h"
#include "adapters/vault/accounts.h"
#include "proto/content/content.h"
#include "proto/problem.h"

// What can be told of a delivery without making it: the carrier's part of a dry run.
namespace ecluse {

// Typed contents, as far as they can be read; what can't be is the driver's to refuse.
std::optional<content::Content> ReadTyped(const Envelope& envelope, std::string_view bytes);

struct Stage {
  const profile::Service& service;
  Driver& driver;
  Quirks& quirks;
  absl::Time now;
};
// What would fail, and why: the number of the grant put in as for delivery, then the rules of norms
// and profile, the operator's quirks, and the message.
std::vector<Problem> Rehearse(const Stage& stage, const Envelope& envelope,
                              std::string_view content, const std::string& grant);

// A problem with one of the rules of proto/content/dry_run_rules.h.
Problem Found(std::string path, std::string_view rule);
// The rule that a login's trouble breaks.
std::string_view RuleOf(LoginTrouble trouble);

}  // namespace ecluse
