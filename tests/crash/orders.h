// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <atomic>
#include <cstdint>
#include <string>

namespace ecluse::crash {

// Where in its work the mortal broker ends itself.
enum class Point : uint32_t {
  kNone,
  // While it starts.
  kOpened,     // the store is open, nothing was read
  kRecovered,  // the store was read
  kEndpoint,   // peers could speak, and the endpoint file is about to be written
  kFirst,      // before the first commit of this life
  // At a commit that says something.
  kBefore,       // before any
  kAfter,        // after any, and before its words leave
  kDepositKept,  // after one with deposits: no receipt has left
  kMarkKept,     // after one with delivery marks: nobody heard proceed
  kReportHeard,  // before one with a report: the operator has it, the broker knows, the disk does
                 // not
  kReportKept,   // after one with a report: the adapter does not know
  // Lies, which the books must catch.
  kLieWords,  // words leave before the commit, and it never comes
  kLieMarks,  // delivery marks are left out of the commit
};

// What the harness asks of the mortal broker, in a file that both have mapped.
struct Orders {
  std::atomic<uint32_t> point = 0;
  std::atomic<uint32_t> passes = 0;   // it passes the point so often before it ends there
  std::atomic<uint32_t> reached = 0;  // the point at which it ended
};

// The mapping lasts as long as the process.
absl::StatusOr<Orders*> MapOrders(const std::string& path);

}  // namespace ecluse::crash
