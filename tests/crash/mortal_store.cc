// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/mortal_store.h"

#include <algorithm>
#include <csignal>

namespace ecluse::crash {
namespace {

// Enough for practices to have heard their receipts: they deposit one thing after the other.
constexpr uint32_t kPromises = 12;

bool Marks(const store::Transition& change) {
  return std::holds_alternative<state::Sending>(change.after) && change.before != change.after;
}

bool Reports(const store::Transition& change) {
  return std::holds_alternative<state::Sending>(change.before) && change.before != change.after;
}

bool Ordered(Point point, const Orders& orders) {
  return orders.point == static_cast<uint32_t>(point);
}

}  // namespace

void DieAt(Point point, Orders& orders) {
  if (!Ordered(point, orders)) return;
  if (orders.passes > 0) {
    --orders.passes;
    return;
  }
  orders.reached = static_cast<uint32_t>(point);
  raise(SIGKILL);
}

absl::StatusOr<store::Recovered> MortalStore::Recover() const {
  absl::StatusOr<store::Recovered> recovered = under().Recover();
  DieAt(Point::kRecovered, orders_);
  return recovered;
}

// As a broker does that does not wait for its disk.
bool MortalStore::LiesAbout(const store::Batch& batch) {
  if (!Ordered(Point::kLieWords, orders_)) return false;
  lying_ = lying_ || !batch.deposits.empty();
  if (lying_ && !batch.deposits.empty() && ++promised_ > kPromises) {
    DieAt(Point::kLieWords, orders_);
  }
  return lying_;
}

absl::Status MortalStore::Write(const store::Batch& batch) {
  if (batch.empty()) return under().Commit(batch).status();
  const bool marks = std::ranges::any_of(batch.transitions, Marks);
  const bool reports = std::ranges::any_of(batch.transitions, Reports);
  if (std::exchange(first_, false)) DieAt(Point::kFirst, orders_);
  DieAt(Point::kBefore, orders_);
  if (reports) DieAt(Point::kReportHeard, orders_);
  if (LiesAbout(batch)) return absl::OkStatus();
  if (marks && Ordered(Point::kLieMarks, orders_)) {
    store::Batch unmarked = batch;
    std::erase_if(unmarked.transitions, Marks);
    return under().Commit(unmarked).status();
  }
  const absl::Status status = under().Commit(batch).status();
  if (!status.ok()) return status;
  DieAt(Point::kAfter, orders_);
  if (!batch.deposits.empty()) DieAt(Point::kDepositKept, orders_);
  if (marks) DieAt(Point::kMarkKept, orders_);
  if (reports) DieAt(Point::kReportKept, orders_);
  return status;
}

}  // namespace ecluse::crash
