// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <string>
#include <vector>

#include "proto/filter.h"
#include "proto/hold.h"

// The one language in which people say which requests they mean: for list, hold, release, confirm,
// export, reroute, destroy, dryrun and resolve. FilterHelp() is its description.
namespace ecluse::ctl {

// Words like "operator=viamedis", "due=2d", "twice", also several in one text. All must fit. An
// error names the word and the rule that it breaks. No word at all is an empty filter.
absl::StatusOr<Filter> ParseFilter(const std::vector<std::string>& texts);

// The same filter in one line of words; ParseFilter() reads it back as it was. "all" where it is
// empty.
std::string FilterText(const Filter& filter);

// What a hold may stop of it: ages become times of deposit, seen from `now`. An error names the
// part that no hold can have.
absl::StatusOr<Scope> ScopeOf(const Filter& filter, absl::Time now);

// For `eclusectl help filter`.
std::string FilterHelp(bool french);

}  // namespace ecluse::ctl
