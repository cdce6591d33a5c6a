// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>

#include <vector>

#include "broker/core/books.h"
#include "broker/core/payees.h"
#include "proto/identity.h"
#include "proto/wire.h"

namespace ecluse {

// Bulk work of ops: counted first, started with the token of the plan, done a page in each turn,
// with its progress in the same batch as what it did.
//
// INVARIANT: a job touches nothing before it was started with its token, and nothing after it was
// stopped; no job touches more requests than its plan counted; what needs a second person waits for
// one with another name.
class JobDesk {
 public:
  JobDesk(Books& books, Payees& payees, const store::Recovered& recovered);

  wire::ReplyBody Hear(const identity::Ops& who, const wire::PlanJob& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::ActOnJob& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::Fetch& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::HandedOver& call, const Turn& turn);
  wire::ReplyBody View(const wire::Jobs& call) const;
  wire::ReplyBody View(const wire::Findings& call) const;

  // One page of every job that runs.
  void Advance(const Turn& turn);
  // There is a job that can go on at once.
  bool HasWork() const;

  // Dry runs: the next requests that an adapter of this destination is to check, and what it found.
  std::vector<wire::Task> ToCheck(const Destination& destination, size_t at_most, size_t bytes,
                                  const Turn& turn);
  void Hear(const wire::Checked& call, const Turn& turn);

 private:
  Books& books_;
  Payees& payees_;
  absl::btree_map<JobId, Job> jobs_;
};

}  // namespace ecluse
