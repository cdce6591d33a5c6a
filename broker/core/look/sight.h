// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

namespace ecluse {

class AccountDesk;
class Books;
class Cases;
class Payees;
class WorkerDesk;

// All that is looked at to tell why something waits. Looking changes nothing.
struct Sight {
  Books& books;
  Cases& cases;
  const Payees& payees;
  const AccountDesk& accounts;
  const WorkerDesk& workers;
  absl::Time started = absl::InfinitePast();
  bool disk_low = false;
};

}  // namespace ecluse
