// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace ecluse::b2 {

// What records 5 and 6 add up, in cents. A value that is not a number counts as zero.
struct Totals {
  uint64_t invoices = 0;
  uint64_t lines_3 = 0;      // base lines
  uint64_t lines_4 = 0;      // base lines
  uint64_t complements = 0;  // of type 3 and 4 lines
  uint64_t base_3 = 0, amo_3 = 0, expense_3 = 0, amc_3 = 0;
  uint64_t fees_4 = 0, amo_4 = 0, amc_4 = 0;

  // Counts one record; only 2, 3, 4 and their complements matter.
  void Add(std::string_view record);
  void Add(const Totals& other);

  // What is left to the insured before the complementary insurer pays. Zero at least.
  uint64_t InsuredShare() const;
};

// The number in a field, 0 when it is none. REQUIRES: a whole record.
uint64_t NumberOf(std::string_view record, std::string_view type, std::string_view field);

}  // namespace ecluse::b2
