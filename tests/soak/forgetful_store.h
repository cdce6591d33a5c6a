// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/soak/options.h"
#include "tests/support/store_over.h"

namespace ecluse::soak {

// Passes everything on to the store that it holds. With a bug planted it says of one batch that it
// is durable, and has forgotten it: an exhibit for the oracle.
class ForgetfulStore : public StoreOver {
 public:
  ForgetfulStore(std::unique_ptr<store::Store> store, Bug bug)
      : StoreOver(std::move(store)), bug_(bug) {}

 private:
  absl::Status Write(const store::Batch& batch) override {
    const bool deposits = bug_ == Bug::kForgetsDeposits && !batch.deposits.empty();
    const bool answers = bug_ == Bug::kForgetsTransitions && !batch.answers.empty();
    if ((deposits || answers) && ++seen_ == 10) return absl::OkStatus();
    return under().Commit(batch).status();
  }

  Bug bug_;
  int seen_ = 0;
};

}  // namespace ecluse::soak
