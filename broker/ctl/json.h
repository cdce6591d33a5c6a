// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "proto/wire.h"

// What the broker answered, for programs: one JSON object per line, each with its "type". Keys and
// codes are stable; times are ISO 8601 in UTC, durations seconds; texts for people are left out,
// save those that people wrote.
namespace ecluse::ctl {

std::string Json(const wire::StatusReport& report);
std::string Json(const wire::ShapeReport& report);
std::string Json(const wire::ListResult& list);
std::string Json(const wire::ShowResult& shown);
std::string Json(const wire::GateResult& result);
std::string Json(const wire::HoldsResult& result);
std::string Json(const wire::ActResult& result);
std::string Json(const wire::Explanation& explained);
std::string Json(const wire::ForecastResult& forecast);
std::string Json(const wire::JobsResult& jobs);
std::string Json(const wire::FindingsResult& findings);
std::string Json(const wire::BackupResult& backup);
std::string Json(const Error& error);

}  // namespace ecluse::ctl
