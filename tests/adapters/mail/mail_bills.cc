// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/check.h"
#include "proto/b2/file.h"
#include "proto/b2/keys.h"
#include "tests/adapters/mail/mail_fixture.h"

namespace ecluse::mail {
namespace {

constexpr char kShop[] = "750000010";
const absl::CivilDay kDay(2026, 11, 20);

b2::Record Start(std::string_view type, uint64_t number) {
  b2::Record record(type);
  record.Set("provider", kShop)
      .Set("nir", "2990199000001")
      .Set("nir-key", b2::NirKey("2990199000001").value_or(0))
      .Set("invoice", number);
  return record;
}

b2::Record LotHeader(uint32_t lot) {
  b2::Record record("1");
  record.Set("provider", kShop)
      .Set("fund", 751)
      .Set("lot", lot)
      .Set("category", 999)
      .Set("provider-name", "SYNTHETIC SHOP")
      .Set("norm", "B2")
      .Set("created", kDay)
      .Set("variant", "CP")
      .Set("norm-date", "062007")
      .Set("currency", "U");
  return record;
}

b2::Record FileHeader(const std::string& file_id) {
  b2::Record record("000");
  record.Set("sender-type", "TP")
      .Set("sender", "00000750000010")
      .Set("recipient-type", "OC")
      .Set("recipient", "00000099999005")
      .Set("file-id", file_id)
      .Set("created", kDay)
      .Set("norm", "CP")
      .Set("version", "B2")
      .Set("record-length", 128);
  return record;
}

void AddInvoice(uint64_t number, b2::File& file) {
  b2::Record header = Start("2", number);
  header.Set("nature", 1)
      .Set("stay-number", number)
      .Set("regime", 1)
      .Set("fund", 751)
      .Set("insurance", 10)
      .Set("exemption", "0")
      .Set("stay-date", kDay)
      .Set("entry-date", kDay)
      .Set("exit-date", kDay)
      .Set("birth-date", absl::CivilDay(1999, 1, 1))
      .Set("amc", "0099999005");
  file.Invoice(header);
  b2::Record line = Start("3", number);
  line.Set("from", kDay)
      .Set("until", kDay)
      .Set("act", "SYN")
      .Set("quantity", 1)
      .Set("coefficient", 100)
      .Set("unit-price", 15'000)
      .Set("base", 5'000)
      .Set("rate", 60)
      .Set("amo", 3'000)
      .Set("expense", 15'000)
      .Set("amc-amount", 12'000);
  file.Add(line);
}

std::string Finished(b2::File file) {
  const auto bytes = std::move(file).Finish();
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  for (const auto& problem : b2::Check(bytes.value_or(""))) {
    EXPECT_FALSE(b2::HasErrors({problem})) << b2::ToString(problem);
  }
  return bytes.value_or("");
}

}  // namespace

std::string ANativeBill(const std::string& file_id, const std::vector<uint64_t>& numbers) {
  b2::File file(FileHeader(file_id));
  file.Lot(LotHeader(7));
  for (const uint64_t number : numbers) AddInvoice(number, file);
  return Finished(std::move(file));
}

std::string ANativeBillOfLots(const std::string& file_id, const std::vector<uint64_t>& numbers) {
  b2::File file(FileHeader(file_id));
  uint32_t lot = 0;
  for (const uint64_t number : numbers) {
    file.Lot(LotHeader(++lot));
    AddInvoice(number, file);
  }
  return Finished(std::move(file));
}

content::Invoice AnInvoice(const std::string& number) {
  content::Invoice invoice;
  invoice.number = number;
  invoice.day = kDay;
  invoice.domain = "optics";
  invoice.practitioner.finess = kShop;
  invoice.opener.surname = "SYNTHETIC";
  invoice.opener.first_name = "PERSON";
  invoice.opener.birth = "19990101";
  invoice.opener.nir = "2990199000001";
  invoice.opener.nir_key = std::to_string(b2::NirKey("2990199000001").value_or(0));
  invoice.rights.amc = "0099999005";
  invoice.rights.regime = "01";
  invoice.rights.fund = "751";
  invoice.rights.centre = "0000";
  content::Line line;
  line.code = "9900001";
  line.price = {16'000};
  line.base = {10'000};
  line.compulsory = {6'000};
  line.asked = {10'000};
  invoice.lines = {line};
  invoice.totals = {{16'000}, {6'000}, {10'000}};
  return invoice;
}

}  // namespace ecluse::mail
