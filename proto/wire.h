// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <variant>

#include "proto/errors.h"
#include "proto/wire/adapter.h"
#include "proto/wire/ops.h"
#include "proto/wire/practice.h"
#include "proto/wire/reopening.h"

// What peers say to the broker and hear from it, as plain values, one header for each speaker.
// PROTOCOL.md is the contract; proto/codec.h turns these into frames and back. Every call may be
// repeated until answered.
namespace ecluse::wire {

inline constexpr uint32_t kVersion = 1;

using CallBody = std::variant<Deposit, StatusOf, Withdraw, Inbox, Operators,  // practice
                              Confirm, Decide, SentElsewhere, Pull, Begin, Report, Answer, Accounts,
                              Checked, Leave,                                   // adapter
                              Status, Shape, List, Show, Close, Reopen, Drain,  // ops
                              PlaceHold, LiftHold, Holds, Resolve, ResolveAll, Retry, Announce,
                              Explain, Forecast, Doubts, ReadContent,  // ops, reopening
                              PlanJob, ActOnJob, Jobs, Findings, Fetch, HandedOver, Backup>;

struct Call {
  uint64_t correlation = 0;  // the caller's own; comes back in the reply
  CallBody body;
  bool operator==(const Call&) const = default;
};

using ReplyBody =
    std::variant<Error, DepositResult, StatusResult, WithdrawResult, InboxResult, OperatorsResult,
                 Work, Proceed, Noted, StatusReport, ShapeReport, ListResult, ShowResult,
                 GateResult, HoldsResult, ActResult, SaidResult, Explanation, ForecastResult,
                 ContentResult, JobsResult, FindingsResult, FetchResult, BackupResult>;

struct Reply {
  uint64_t correlation = 0;
  ReplyBody body;
  bool operator==(const Reply&) const = default;
};

}  // namespace ecluse::wire
