// SPDX-License-Identifier: Apache-2.0
#include "tests/support/patients/bill.h"

#include <fmt/format.h>

#include "proto/b2/check.h"
#include "proto/b2/file.h"

namespace ecluse::patients {
namespace {

struct Invoice {
  Person patient;
  std::string provider;
  uint64_t number = 0;
  absl::CivilDay day;
};

b2::Record Start(std::string_view type, const Invoice& invoice) {
  b2::Record record(type);
  record.Set("provider", invoice.provider)
      .Set("nir", invoice.patient.nir)
      .Set("nir-key", invoice.patient.nir_key)
      .Set("invoice", invoice.number);
  return record;
}

b2::Record Header(const Invoice& invoice) {
  b2::Record record = Start("2", invoice);
  record.Set("nature", 1)
      .Set("stay-number", invoice.number)
      .Set("regime", 1)
      .Set("fund", 751)
      .Set("insurance", 10)
      .Set("exemption", "0")
      .Set("stay-date", invoice.day)
      .Set("entry-date", invoice.day)
      .Set("exit-date", invoice.day)
      .Set("birth-date", invoice.patient.birth)
      .Set("amc", WithLuhnKey("009999900"));
  return record;
}

// A device: a line, its prescription, one fine code for each piece.
void AddDevice(Dice& dice, const Invoice& invoice, std::string_view act, b2::File& file) {
  const uint64_t pieces = 1 + dice.Below(3);
  const uint64_t price = 2'000 + dice.Below(60'000);
  const uint64_t total = pieces * price;
  const uint64_t base = total / 5;
  const uint64_t compulsory = base * 60 / 100;
  b2::Record line = Start("3", invoice);
  line.Set("from", invoice.day)
      .Set("until", invoice.day)
      .Set("act", act)
      .Set("quantity", 1)
      .Set("coefficient", 100)
      .Set("unit-price", total)
      .Set("base", base)
      .Set("rate", 60)
      .Set("amo", compulsory)
      .Set("expense", total)
      .Set("amc-amount", total - compulsory);
  file.Add(line);
  b2::Record prescription = Start("3S", invoice);
  prescription.Set("sequence", 1)
      .Set("prescriber", MakePrescriber(dice))
      .Set("prescribed-on", invoice.day - dice.Between(1, 300));
  file.Add(prescription);
  for (uint64_t piece = 1; piece <= pieces; ++piece) {
    b2::Record code = Start("3F", invoice);
    code.Set("sequence", piece)
        .Set("device-code", fmt::format("99{:05}", dice.Below(100'000)))
        .Set("quantity", 1)
        .Set("reference-price", base / pieces)
        .Set("billed", price);
    file.Add(code);
  }
}

void AddAct(Dice& dice, const Invoice& invoice, b2::File& file) {
  const uint64_t fees = 1'000 + dice.Below(6'000);
  const uint64_t compulsory = fees * 60 / 100;
  b2::Record line = Start("4", invoice);
  line.Set("prescriber", MakePrescriber(dice))
      .Set("executant", MakePrescriber(dice))
      .Set("care-date", invoice.day)
      .Set("act", "SYN")
      .Set("quantity", 1)
      .Set("coefficient", 100)
      .Set("count", 1)
      .Set("unit-price", fees)
      .Set("base", fees)
      .Set("rate", 60)
      .Set("amo", compulsory)
      .Set("fees", fees)
      .Set("amc-amount", fees - compulsory);
  file.Add(line);
}

b2::Record FileHeader(const Practice& practice, absl::CivilDay today, uint32_t number) {
  b2::Record record("000");
  record.Set("sender-type", "TP")
      .Set("sender", practice.finess)
      .Set("sender-program", "SYNTH")
      .Set("recipient-type", "OC")
      .Set("recipient", "0000" + WithLuhnKey("009999900"))
      .Set("file-id", fmt::format("{:06}", number % 1'000'000))
      .Set("created", today)
      .Set("norm", "CP")
      .Set("version", "B2")
      .Set("currency", "U")
      .Set("flow", "T")
      .Set("record-length", 128)
      .Set("message", "SYNTHETIC DATA");
  return record;
}

b2::Record LotHeader(const Practice& practice, absl::CivilDay today, uint32_t number) {
  b2::Record record("1");
  record.Set("provider", practice.finess)
      .Set("fund", 751)
      .Set("lot", number % 999 + 1)
      .Set("category", 999)
      .Set("provider-name", b2::ToB2Text(practice.name))
      .Set("norm", "B2")
      .Set("created", today)
      .Set("variant", "CP")
      .Set("norm-date", "062007")
      .Set("currency", "U");
  return record;
}

}  // namespace

absl::StatusOr<std::string> MakeBill(Dice& dice, const Practice& practice, absl::CivilDay today,
                                     uint32_t number) {
  constexpr std::string_view kActs[] = {"OPT", "AUD", "PHA"};
  b2::File file(FileHeader(practice, today, number));
  file.Lot(LotHeader(practice, today, number));
  const uint64_t invoices = 1 + dice.Below(3);
  for (uint64_t i = 0; i < invoices; ++i) {
    const Invoice invoice = {.patient = MakePerson(dice),
                             .provider = practice.finess,
                             .number = uint64_t{number} * 10 + i + 1,
                             .day = today - dice.Between(0, 20)};
    file.Invoice(Header(invoice));
    AddDevice(dice, invoice, kActs[static_cast<size_t>(practice.trade)], file);
    if (dice.OneIn(3)) AddAct(dice, invoice, file);
  }
  absl::StatusOr<std::string> bytes = std::move(file).Finish();
  if (!bytes.ok()) return bytes;
  const std::vector<b2::Problem> problems = b2::Check(*bytes);
  if (!problems.empty()) return absl::InternalError(b2::ToString(problems.front()));
  return bytes;
}

}  // namespace ecluse::patients
