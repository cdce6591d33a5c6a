// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <string>

#include "broker/core/request/routes.h"

namespace ecluse {

// The routing tables: one [[route]] for each row, with the items of the card (amc, convention, csr,
// domain), the days on which it holds (from, until, care_from, care_until, "2025-07-01", both
// included) and the operator. Any mistake refuses the whole file, with its line. Days are those of
// Paris.
absl::StatusOr<Routes> ReadRoutes(const std::string& path);
absl::StatusOr<Routes> ParseRoutes(const std::string& text, const std::string& path);

// Paris; UTC on a machine without time zone data.
absl::TimeZone Paris();

}  // namespace ecluse
