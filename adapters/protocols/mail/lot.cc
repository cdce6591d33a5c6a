// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/lot.h"

#include <absl/status/status.h>

#include "proto/b2/layout.h"
#include "proto/b2/totals.h"

namespace ecluse::mail {
namespace {

std::string Text(std::string_view record, std::string_view type, std::string_view field) {
  const std::string_view value = b2::ValueOf(record, *b2::FindLayout(type)->Find(field));
  return std::string(value.substr(0, value.find_last_not_of(' ') + 1));
}

absl::Status Unreadable(const char* why) { return absl::InvalidArgumentError(why); }

}  // namespace

absl::StatusOr<Bill> ReadBill(std::string_view file) {
  if (file.empty() || file.size() % b2::kRecordBytes != 0) {
    return Unreadable("not a whole number of records");
  }
  Bill bill;
  bill.bytes = std::string(file);
  for (std::string_view left = file; !left.empty(); left.remove_prefix(b2::kRecordBytes)) {
    const std::string_view record = left.substr(0, b2::kRecordBytes);
    const bool first = left.size() == file.size();
    const std::string type = b2::TypeOf(record);
    if (first != (type == "000")) return Unreadable("record 000 is not where it belongs");
    if (type == "000") {
      bill.sender = Text(record, type, "sender");
      bill.file_id = Text(record, type, "file-id");
      bill.file_day = Text(record, type, "created");
    } else if (type == "1") {
      bill.lots.push_back({static_cast<uint32_t>(b2::NumberOf(record, type, "lot")),
                           Text(record, type, "created")});
    } else if (type == "2") {
      if (bill.lots.empty()) return Unreadable("an invoice outside a lot");
      bill.invoices.push_back({Text(record, type, "invoice"), bill.lots.back(), 0});
    } else if (type == "5" && !bill.invoices.empty()) {
      bill.invoices.back().asked = static_cast<int64_t>(b2::NumberOf(record, type, "amc-3") +
                                                        b2::NumberOf(record, type, "amc-4"));
    }
  }
  if (bill.invoices.empty()) return Unreadable("no invoice");
  return bill;
}

}  // namespace ecluse::mail
