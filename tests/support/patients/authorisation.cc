// SPDX-License-Identifier: Apache-2.0
#include "tests/support/patients/authorisation.h"

#include <fmt/format.h>

#include "proto/content/codec.h"
#include "tests/support/patients/requests.h"

namespace ecluse::patients {
namespace {

using content::CodeSystem;
using content::Line;
using content::Side;

// Codes of products are seven digits; these are made up.
std::string ProductCode(Dice& dice) { return fmt::format("99{:05}", dice.Below(100'000)); }

std::string MedicineCode(Dice& dice) {
  std::string code = fmt::format("3400999{:05}", dice.Below(100'000));
  int sum = 0;
  for (size_t i = 0; i < code.size(); ++i) sum += (code[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return code + static_cast<char>('0' + (10 - sum % 10) % 10);
}

content::Correction Correction(Dice& dice) {
  return {.sphere = static_cast<int32_t>(dice.Between(-24, 16) * 25),
          .cylinder = static_cast<int32_t>(dice.Between(-8, 0) * 25),
          .axis = static_cast<int32_t>(dice.Between(0, 180)),
          .addition = static_cast<int32_t>(dice.Between(0, 12) * 25)};
}

Line Piece(Dice& dice, Side side, int64_t low, int64_t high) {
  Line line;
  line.code = ProductCode(dice);
  line.side = side;
  line.price.cents = dice.Between(low, high);
  line.base.cents = line.price.cents / 5;
  line.compulsory.cents = line.base.cents * 60 / 100;
  line.asked.cents = (line.price.cents - line.compulsory.cents) * 3 / 4;
  return line;
}

std::vector<Line> Equipment(Dice& dice, Trade trade) {
  std::vector<Line> lines;
  switch (trade) {
    case Trade::kOptician:
      lines.push_back(Piece(dice, Side::kNone, 3'000, 25'000));
      for (const Side side : {Side::kRight, Side::kLeft}) {
        Line lens = Piece(dice, side, 5'000, 30'000);
        lens.supplier_code = fmt::format("SYNTH{:04}", dice.Below(10'000));
        lens.correction = Correction(dice);
        lines.push_back(lens);
      }
      break;
    case Trade::kAudiologist:
      for (const Side side : {Side::kRight, Side::kLeft}) {
        lines.push_back(Piece(dice, side, 60'000, 170'000));
      }
      lines.push_back(Piece(dice, Side::kNone, 2'000, 6'000));
      break;
    case Trade::kPharmacist:
      for (int i = 0; i < 2; ++i) {
        Line product = Piece(dice, Side::kNone, 300, 9'000);
        product.system = CodeSystem::kCip13;
        product.code = MedicineCode(dice);
        product.quantity = 1 + static_cast<uint32_t>(dice.Below(3));
        lines.push_back(product);
      }
      break;
  }
  return lines;
}

content::Totals Sum(const std::vector<Line>& lines) {
  content::Totals totals;
  for (const Line& line : lines) {
    totals.price.cents += line.price.cents;
    totals.compulsory.cents += line.compulsory.cents;
    totals.asked.cents += line.asked.cents;
  }
  return totals;
}

content::Person Typed(const Person& person) {
  const absl::CivilDay& birth = person.birth;
  return {.surname = person.surname,
          .first_name = person.first_name,
          .birth = fmt::format("{:04}{:02}{:02}", birth.year(), birth.month(), birth.day()),
          .birth_rank = 1,
          .nir = person.nir,
          .nir_key = person.nir_key};
}

content::Rights Rights(Dice& dice, absl::CivilDay today) {
  return {.amc = WithLuhnKey("009999900"),
          .convention = "ZZ",
          .csr = "000",
          .member_number = fmt::format("M{:09}", dice.Below(1'000'000'000)),
          .valid_from = absl::CivilDay(absl::CivilYear(today)),
          .valid_until = absl::CivilDay(absl::CivilYear(today) + 1) - 1,
          .regime = "01",
          .fund = "751",
          .centre = "0000"};
}

}  // namespace

content::Authorisation Authorisation(Dice& dice, const Practice& practice, absl::CivilDay today) {
  constexpr std::string_view kDomains[] = {"optics", "audiology", "pharmacy"};
  content::Authorisation request;
  request.asked_on = today;
  request.domain = kDomains[static_cast<size_t>(practice.trade)];
  request.practitioner.finess = practice.finess;
  request.opener = Typed(MakePerson(dice));
  if (dice.OneIn(4)) request.beneficiary = Typed(MakePerson(dice));
  request.rights = Rights(dice, today);
  request.prescription = {
      .date = today - dice.Between(1, 360),
      .prescriber_rpps = WithLuhnKey(fmt::format("1099999{:03}", dice.Below(1000))),
      .prescriber_adeli = MakePrescriber(dice),
      .renewal = dice.OneIn(3)};
  request.lines = Equipment(dice, practice.trade);
  request.totals = Sum(request.lines);
  request.consent = true;
  return request;
}

content::Quotation Quotation(Dice& dice, const Practice& practice, absl::CivilDay today) {
  return {Authorisation(dice, practice, today)};
}

content::Invoice Invoice(Dice& dice, const Practice& practice, absl::CivilDay today,
                         uint32_t number) {
  return InvoiceOf(Authorisation(dice, practice, today), "", today, today, number);
}

content::Invoice InvoiceOf(const content::Authorisation& request,
                           std::string_view authorisation_number, absl::CivilDay granted_on,
                           absl::CivilDay today, uint32_t number) {
  content::Invoice invoice;
  invoice.number = fmt::format("{}", number % 1'000'000'000);
  invoice.day = today;
  invoice.authorisation_number = authorisation_number;
  if (!authorisation_number.empty()) invoice.granted_on = granted_on;
  invoice.domain = request.domain;
  invoice.practitioner = request.practitioner;
  invoice.opener = request.opener;
  invoice.beneficiary = request.beneficiary;
  invoice.rights = request.rights;
  invoice.prescription = request.prescription;
  invoice.lines = request.lines;
  for (Line& line : invoice.lines) line.day = today;
  invoice.totals = request.totals;
  return invoice;
}

std::string MakeAuthorisation(Dice& dice, const Practice& practice, absl::CivilDay today) {
  return content::Encode(Authorisation(dice, practice, today));
}

std::string MakeQuotation(Dice& dice, const Practice& practice, absl::CivilDay today) {
  return content::Encode(Quotation(dice, practice, today));
}

std::string MakeInvoice(Dice& dice, const Practice& practice, absl::CivilDay today,
                        uint32_t number) {
  return content::Encode(Invoice(dice, practice, today, number));
}

std::string MakeCancellation(std::string_view authorisation_number) {
  return content::Encode(content::Cancellation{std::string(authorisation_number), "not supplied"});
}

std::string MakeDocument(Dice& dice, std::string_view authorisation_number, size_t bytes) {
  return content::Encode(content::Document{std::string(authorisation_number),
                                           content::DocumentKind::kPrescription, "application/pdf",
                                           MakeScan(dice, bytes)});
}

}  // namespace ecluse::patients
