// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/totals.h"

#include <charconv>

#include "proto/b2/layout.h"

namespace ecluse::b2 {

uint64_t NumberOf(std::string_view record, std::string_view type, std::string_view field) {
  const std::string_view text = ValueOf(record, *FindLayout(type)->Find(field));
  uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

void Totals::Add(std::string_view record) {
  const std::string type = TypeOf(record);
  if (type == "2") {
    ++invoices;
  } else if (type == "3") {
    ++lines_3;
    base_3 += NumberOf(record, type, "base");
    amo_3 += NumberOf(record, type, "amo");
    expense_3 += NumberOf(record, type, "expense");
    amc_3 += NumberOf(record, type, "amc-amount");
  } else if (type == "4") {
    ++lines_4;
    fees_4 += NumberOf(record, type, "fees");
    amo_4 += NumberOf(record, type, "amo");
    amc_4 += NumberOf(record, type, "amc-amount");
  } else if (type[0] == '3' || type[0] == '4') {
    ++complements;
  }
}

void Totals::Add(const Totals& other) {
  invoices += other.invoices;
  lines_3 += other.lines_3;
  lines_4 += other.lines_4;
  complements += other.complements;
  base_3 += other.base_3;
  amo_3 += other.amo_3;
  expense_3 += other.expense_3;
  amc_3 += other.amc_3;
  fees_4 += other.fees_4;
  amo_4 += other.amo_4;
  amc_4 += other.amc_4;
}

uint64_t Totals::InsuredShare() const {
  const uint64_t spent = expense_3 + fees_4;
  const uint64_t paid = amo_3 + amo_4;
  return spent > paid ? spent - paid : 0;
}

}  // namespace ecluse::b2
