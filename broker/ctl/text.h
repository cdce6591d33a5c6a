// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "broker/ctl/view.h"
#include "proto/wire.h"

// What the broker answered, as text for people. Pure functions; every text ends with a line end.
namespace ecluse::ctl {

std::string Text(const wire::StatusReport& report, const View& view);
std::string Text(const wire::ShapeReport& report, const View& view);
std::string Text(const wire::ListResult& list, const View& view);
std::string Text(const wire::ShowResult& shown, const View& view);
std::string Text(const wire::GateResult& result, const View& view);
std::string Text(const wire::HoldsResult& result, const View& view);
std::string Text(const wire::Explanation& explained, const View& view);
std::string Text(const wire::ForecastResult& forecast, const View& view);
std::string Text(const wire::JobsResult& jobs, const View& view);
std::string Text(const wire::FindingsResult& findings, const View& view);
std::string Text(const wire::BackupResult& backup, const View& view);
std::string Text(const Error& error, const View& view);

// One job in full: what it means, how far it is, and what is to be said next.
std::string JobText(const wire::JobsResult::Row& row, const View& view);
// One line, while it is followed.
std::string JobLine(const Job& job, const View& view);

// What a resolve or a retry did.
std::string Text(const wire::ActResult& result, const View& view);
// What a bulk resolve would do, and how to do it.
std::string PlanText(const wire::ActResult& plan, wire::Verdict verdict, const View& view);

// What a reopening lets go, before it is said.
std::string ReopenPlanText(const wire::StatusReport& report, const wire::Reopen& reopen,
                           const View& view);

// "viamedis/billing", "optique-1@viamedis", "request 12", "everything": a scope in a few words.
std::string ScopeText(const Scope& scope, const View& view);

}  // namespace ecluse::ctl
