// SPDX-License-Identifier: Apache-2.0
#include "tests/support/patients/authorisation.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace ecluse::patients {
namespace {

using Json = nlohmann::ordered_json;

std::string Iso(absl::CivilDay day) {
  return fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
}

// Codes of products are seven digits; these are made up.
std::string ProductCode(Dice& dice) { return fmt::format("99{:05}", dice.Below(100'000)); }

Json Correction(Dice& dice) {
  return {{"sphere_hundredths", dice.Between(-24, 16) * 25},
          {"cylinder_hundredths", dice.Between(-8, 0) * 25},
          {"axis_degrees", dice.Between(0, 180)},
          {"addition_hundredths", dice.Between(0, 12) * 25}};
}

Json Line(Dice& dice, std::string_view item, std::string_view side, int64_t low, int64_t high) {
  const int64_t price = dice.Between(low, high);
  return {{"item", item},
          {"side", side},
          {"product_code", ProductCode(dice)},
          {"quantity", 1},
          {"price_cents", price},
          {"discount_cents", price / 20},
          {"compulsory_share_cents", price / 10}};
}

Json Equipment(Dice& dice, Trade trade) {
  Json lines = Json::array();
  if (trade == Trade::kAudiologist) {
    for (std::string_view side : {"right", "left"}) {
      lines.push_back(Line(dice, "hearing-aid", side, 60'000, 170'000));
    }
    lines.push_back(Line(dice, "ear-mould", "right", 2'000, 6'000));
    return lines;
  }
  if (trade == Trade::kPharmacist) {
    lines.push_back(Line(dice, "orthosis", "right", 3'000, 30'000));
    return lines;
  }
  lines.push_back(Line(dice, "frame", "none", 3'000, 25'000));
  for (std::string_view side : {"right", "left"}) {
    Json lens = Line(dice, "lens", side, 5'000, 30'000);
    lens["vision"] = dice.OneIn(2) ? "progressive" : "distance";
    lens["correction"] = Correction(dice);
    lines.push_back(std::move(lens));
  }
  return lines;
}

}  // namespace

std::string MakeAuthorisation(Dice& dice, const Practice& practice, absl::CivilDay today) {
  constexpr std::string_view kTrades[] = {"optician", "audiologist", "pharmacist"};
  const Person patient = MakePerson(dice);
  const bool own_rights = !dice.OneIn(4);
  const Person insured = own_rights ? patient : MakePerson(dice);
  Json lines = Equipment(dice, practice.trade);
  int64_t total = 0;
  for (const Json& line : lines) {
    total += line["price_cents"].get<int64_t>() - line["discount_cents"].get<int64_t>();
  }
  Json request = {{"format", kAuthorisationFormat},
                  {"version", 1},
                  {"synthetic", true},
                  {"requested_on", Iso(today)},
                  {"practice",
                   {{"finess", practice.finess},
                    {"name", practice.name},
                    {"trade", kTrades[static_cast<size_t>(practice.trade)]}}},
                  {"insured",
                   {{"surname", insured.surname},
                    {"first_name", insured.first_name},
                    {"nir", insured.nir},
                    {"nir_key", insured.nir_key}}},
                  {"beneficiary",
                   {{"surname", patient.surname},
                    {"first_name", patient.first_name},
                    {"birth_date", Iso(patient.birth)},
                    {"birth_rank", 1}}},
                  {"complementary",
                   {{"amc_number", WithLuhnKey("009999900")},
                    {"member", fmt::format("M{:09}", dice.Below(1'000'000'000))},
                    {"contract", fmt::format("C{:06}", dice.Below(1'000'000))}}},
                  {"prescription",
                   {{"prescriber", MakePrescriber(dice)},
                    {"date", Iso(today - dice.Between(1, 360))},
                    {"renewal", dice.OneIn(3)}}},
                  {"equipment", std::move(lines)},
                  {"total_cents", total},
                  {"patient_agreed", true}};
  return request.dump(1);
}

}  // namespace ecluse::patients
