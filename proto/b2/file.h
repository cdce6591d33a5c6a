// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <string>

#include "proto/b2/record.h"
#include "proto/b2/totals.h"

namespace ecluse::b2 {

// Writes a whole file in order and adds the records that follow from the others: 5 after each
// invoice, 6 after each lot, 999 at the end. The first refused record spoils the whole file.
class File {
 public:
  explicit File(const Record& header);  // 000
  File& Lot(const Record& header);      // 1; ends the lot before
  File& Invoice(const Record& header);  // 2; ends the invoice before
  File& Add(const Record& record);      // a line or a complement of the open invoice
  absl::StatusOr<std::string> Finish() &&;

 private:
  void EndInvoice();
  void EndLot();
  std::string Append(const Record& record);

  std::string bytes_;
  absl::Status status_;
  std::string lot_;      // the record 1 of the open lot; empty: none open
  std::string invoice_;  // the record 2 of the open invoice; empty: none open
  Totals invoice_totals_;
  Totals lot_totals_;
  uint64_t lots_ = 0;
};

}  // namespace ecluse::b2
