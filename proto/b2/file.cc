// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/file.h"

namespace ecluse::b2 {
namespace {

std::string_view Copy(std::string_view record, std::string_view type, std::string_view field) {
  return ValueOf(record, *FindLayout(type)->Find(field));
}

}  // namespace

File::File(const Record& header) { Append(header); }

std::string File::Append(const Record& record) {
  absl::StatusOr<std::string> bytes = record.Bytes();
  if (!bytes.ok()) {
    status_.Update(bytes.status());
    return {};
  }
  bytes_ += *bytes;
  return *std::move(bytes);
}

File& File::Lot(const Record& header) {
  EndLot();
  lot_ = Append(header);
  ++lots_;
  return *this;
}

File& File::Invoice(const Record& header) {
  EndInvoice();
  invoice_ = Append(header);
  if (!invoice_.empty()) invoice_totals_.Add(invoice_);
  return *this;
}

File& File::Add(const Record& record) {
  const std::string bytes = Append(record);
  if (!bytes.empty()) invoice_totals_.Add(bytes);
  return *this;
}

void File::EndInvoice() {
  if (invoice_.empty()) return;
  const Totals& t = invoice_totals_;
  Record total("5");
  for (std::string_view field : {"provider", "nir", "nir-key", "rank", "invoice"}) {
    total.Set(field, Copy(invoice_, "2", field));
  }
  total.Set("lines", t.lines_3 + t.lines_4 + t.complements)
      .Set("base-3", t.base_3)
      .Set("amo-3", t.amo_3)
      .Set("expense-3", t.expense_3)
      .Set("amc-3", t.amc_3)
      .Set("fees-4", t.fees_4)
      .Set("amo-4", t.amo_4)
      .Set("amc-4", t.amc_4)
      .Set("insured-share", t.InsuredShare());
  Append(total);
  lot_totals_.Add(t);
  invoice_totals_ = {};
  invoice_.clear();
}

void File::EndLot() {
  EndInvoice();
  if (lot_.empty()) return;
  const Totals& t = lot_totals_;
  Record total("6");
  total.Set("provider", Copy(lot_, "1", "provider"))
      .Set("lot", Copy(lot_, "1", "lot"))
      .Set("invoices", t.invoices)
      .Set("lines-3", t.lines_3)
      .Set("second-count", t.invoices)
      .Set("totals", t.invoices)
      .Set("lot-total", t.expense_3 + t.fees_4)
      .Set("lot-amo", t.amo_3 + t.amo_4);
  Append(total);
  lot_totals_ = {};
  lot_.clear();
}

absl::StatusOr<std::string> File::Finish() && {
  EndLot();
  if (!status_.ok()) return status_;
  const std::string_view header = std::string_view(bytes_).substr(0, kRecordBytes);
  Record end("999");
  for (std::string_view field : {"sender-type", "sender", "sender-program", "recipient-type",
                                 "recipient", "recipient-program", "application", "file-id"}) {
    end.Set(field, Copy(header, "000", field));
  }
  end.Set("records", bytes_.size() / kRecordBytes + 1).Set("lots", lots_);
  Append(end);
  if (!status_.ok()) return status_;
  return std::move(bytes_);
}

}  // namespace ecluse::b2
