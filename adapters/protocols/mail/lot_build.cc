// SPDX-License-Identifier: Apache-2.0
#include <absl/status/status.h>
#include <fmt/format.h>

#include "adapters/protocols/mail/lot.h"
#include "proto/b2/check.h"
#include "proto/b2/file.h"
#include "proto/b2/keys.h"

namespace ecluse::mail {
namespace {

using content::CodeSystem;
using content::Invoice;
using content::Line;

constexpr size_t kSenderDigits = 14;

std::string Padded(std::string text, size_t width) {
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

const content::Person& Patient(const Invoice& invoice) {
  return invoice.beneficiary ? *invoice.beneficiary : invoice.opener;
}

b2::Record Start(std::string_view type, const Invoice& invoice) {
  b2::Record record(type);
  record.Set("provider", b2::ToB2Finess(invoice.practitioner.finess))
      .Set("nir", invoice.opener.nir)
      .Set("nir-key", invoice.opener.nir_key)
      .Set("invoice", invoice.number);
  return record;
}

b2::Record FileHeader(const Invoice& invoice, const BuildRules& rules, const Numbers& numbers) {
  const std::string amc = Padded(b2::ToB2Amc(invoice.rights.amc), kSenderDigits);
  b2::Record record("000");
  record.Set("sender-type", rules.sender_type)
      .Set("sender", Padded(b2::ToB2Finess(invoice.practitioner.finess), kSenderDigits))
      .Set("sender-program", rules.program)
      .Set("recipient-type", rules.recipient_type)
      .Set("recipient", rules.recipient.empty() ? amc : rules.recipient)
      .Set("file-id", numbers.file_id)
      .Set("created", numbers.day)
      .Set("norm", "CP")
      .Set("version", "B2")
      .Set("currency", "U")
      .Set("flow", rules.flow)
      .Set("record-length", 128);
  return record;
}

b2::Record LotHeader(const Invoice& invoice, const BuildRules& rules, const Numbers& numbers) {
  b2::Record record("1");
  record.Set("provider", b2::ToB2Finess(invoice.practitioner.finess))
      .Set("fund", invoice.rights.fund)
      .Set("lot", numbers.lot)
      .Set("category", rules.category)
      // The neutral invoice does not carry the shop's name; its number says who it is.
      .Set("provider-name", b2::ToB2Finess(invoice.practitioner.finess))
      .Set("norm", "B2")
      .Set("created", numbers.day)
      .Set("variant", "CP")
      .Set("norm-date", "062007")
      .Set("currency", "U");
  return record;
}

b2::Record InvoiceHeader(const Invoice& invoice, const BuildRules& rules) {
  const content::Person& patient = Patient(invoice);
  b2::Record record = Start("2", invoice);
  record.Set("nature", 1)
      .Set("stay-number", invoice.number)
      .Set("regime", invoice.rights.regime)
      .Set("fund", invoice.rights.fund)
      .Set("centre", invoice.rights.centre)
      .Set("insurance", rules.insurance)
      .Set("exemption", rules.exemption)
      .Set("stay-date", invoice.day)
      .Set("entry-date", invoice.day)
      .Set("exit-date", invoice.day)
      .Set("birth-date", patient.birth.size() == 8 ? patient.birth.substr(2) : patient.birth)
      .Set("birth-rank", patient.birth_rank)
      .Set("amc", b2::ToB2Amc(invoice.rights.amc));
  return record;
}

uint64_t Rate(const Line& line) {
  if (line.base.cents <= 0 || line.compulsory.cents < 0) return 0;
  return static_cast<uint64_t>((line.compulsory.cents * 100 + line.base.cents / 2) /
                               line.base.cents);
}

uint64_t Cents(content::Money money) { return static_cast<uint64_t>(money.cents); }

// A device: type 3 with its prescription and its LPP code.
void AddDevice(const Invoice& invoice, const Line& line, const std::string& act, b2::File& file) {
  const absl::CivilDay day = line.day.value_or(invoice.day);
  b2::Record base = Start("3", invoice);
  base.Set("from", day)
      .Set("until", day)
      .Set("act", act)
      .Set("quantity", 1)
      .Set("coefficient", 100)
      .Set("unit-price", Cents(line.price))
      .Set("base", Cents(line.base))
      .Set("rate", Rate(line))
      .Set("amo", Cents(line.compulsory))
      .Set("expense", Cents(line.price))
      .Set("amc-amount", Cents(line.asked));
  file.Add(base);
  if (invoice.prescription.date && !invoice.prescription.prescriber_adeli.empty()) {
    b2::Record prescription = Start("3S", invoice);
    prescription.Set("sequence", 1)
        .Set("prescriber", invoice.prescription.prescriber_adeli)
        .Set("prescribed-on", *invoice.prescription.date);
    file.Add(prescription);
  }
  if (!invoice.prescription.prescriber_rpps.empty()) {
    b2::Record prescriber = Start("3E", invoice);
    prescriber.Set("sequence", 1)
        .Set("prescriber-rpps", invoice.prescription.prescriber_rpps)
        .Set("prescriber-structure", "");
    file.Add(prescriber);
  }
  b2::Record code = Start("3F", invoice);
  code.Set("sequence", 1)
      .Set("device-code", line.code)
      .Set("quantity", line.quantity)
      .Set("reference-price", Cents(line.base))
      .Set("billed", Cents(line.price));
  file.Add(code);
}

// An act: type 4, with its CCAM code where it has one ("BFGA004-1-0": activity and phase).
void AddAct(const Invoice& invoice, const Line& line, const std::string& act, b2::File& file) {
  b2::Record base = Start("4", invoice);
  base.Set("prescriber", invoice.prescription.prescriber_adeli)
      .Set("executant", invoice.practitioner.adeli)
      .Set("care-date", line.day.value_or(invoice.day))
      .Set("act", act)
      .Set("quantity", line.quantity)
      .Set("coefficient", 100)
      .Set("count", 1)
      .Set("unit-price", Cents(line.price) / std::max<uint64_t>(1, line.quantity))
      .Set("base", Cents(line.base))
      .Set("rate", Rate(line))
      .Set("amo", Cents(line.compulsory))
      .Set("fees", Cents(line.price))
      .Set("amc-amount", Cents(line.asked));
  file.Add(base);
  if (line.system != CodeSystem::kCcam) return;
  b2::Record code = Start("4M", invoice);
  code.Set("sequence", 1)
      .Set("ccam", line.code.substr(0, 7))
      .Set("activity", line.code.size() >= 9 ? line.code.substr(8, 1) : std::string("1"))
      .Set("phase", line.code.size() >= 11 ? line.code.substr(10, 1) : std::string("0"));
  file.Add(code);
}

absl::Status AddLine(const Invoice& invoice, const Line& line, const BuildRules& rules,
                     b2::File& file) {
  for (const content::Money& money : {line.price, line.base, line.compulsory, line.asked}) {
    if (money.cents < 0) return absl::InvalidArgumentError("an amount below zero");
  }
  if (line.system == CodeSystem::kCip13) {
    return absl::InvalidArgumentError("a CIP13 code has no place in the published layouts");
  }
  if (line.system == CodeSystem::kNgap) {
    AddAct(invoice, line, line.code, file);
    return absl::OkStatus();
  }
  if (line.system == CodeSystem::kGrouped) {
    AddDevice(invoice, line, line.code, file);
    return absl::OkStatus();
  }
  const auto act = rules.acts.find(invoice.domain);
  if (act == rules.acts.end()) {
    return absl::FailedPreconditionError("no act code is set for this care domain");
  }
  line.system == CodeSystem::kLpp ? AddDevice(invoice, line, act->second, file)
                                  : AddAct(invoice, line, act->second, file);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> BuildB2(const Invoice& invoice, const BuildRules& rules,
                                    const Numbers& numbers) {
  b2::File file(FileHeader(invoice, rules, numbers));
  file.Lot(LotHeader(invoice, rules, numbers));
  file.Invoice(InvoiceHeader(invoice, rules));
  for (const Line& line : invoice.lines) {
    if (absl::Status added = AddLine(invoice, line, rules, file); !added.ok()) return added;
  }
  absl::StatusOr<std::string> bytes = std::move(file).Finish();
  if (!bytes.ok()) return bytes;
  for (const auto& problem : b2::Check(*bytes)) {
    if (b2::HasErrors({problem})) return absl::InvalidArgumentError(b2::ToString(problem));
  }
  return bytes;
}

}  // namespace ecluse::mail
