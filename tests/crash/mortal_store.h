// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/crash/orders.h"
#include "tests/support/store_over.h"

namespace ecluse::crash {

// Ends the process by SIGKILL if its orders name this point and it was passed often enough.
void DieAt(Point point, Orders& orders);

// The broker's store, and the end of the broker where its orders say so. Otherwise as the store
// under it.
class MortalStore : public StoreOver {
 public:
  MortalStore(std::unique_ptr<store::Store> under, Orders& orders)
      : StoreOver(std::move(under)), orders_(orders) {}

  absl::StatusOr<store::Recovered> Recover() const override;

 private:
  absl::Status Write(const store::Batch& batch) override;
  bool LiesAbout(const store::Batch& batch);

  Orders& orders_;
  bool first_ = true;
  bool lying_ = false;
  uint32_t promised_ = 0;  // commits with deposits that were said and never made
};

}  // namespace ecluse::crash
