// SPDX-License-Identifier: Apache-2.0
#include "proto/content/check_parts.h"

#include <algorithm>
#include <cstdlib>

#include "proto/b2/keys.h"
#include "proto/content/codec_parts.h"
#include "proto/content/keys.h"
#include "proto/shape.h"

namespace ecluse::content {
namespace {

void CheckRpps(const std::string& rpps, const At& at, Findings& out) {
  if (rpps.empty()) return;
  if (!IsDigits(rpps, 11)) return out.Say(at, "rpps.shape");
  out.Require(b2::LuhnFits(rpps), at, "rpps.key");
}

void CheckAdeli(const std::string& adeli, const At& at, Findings& out) {
  if (adeli.empty()) return;
  if (!IsAdeli(adeli)) return out.Say(at, "adeli.shape");
  out.Require(b2::ActorFits(adeli), at, "adeli.key");
}

void CheckNir(const Person& person, const At& at, Findings& out) {
  if (person.nir.empty()) {
    if (!person.nir_key.empty()) out.Say(at / "nir", "field.missing");
    return;
  }
  if (!b2::NirKey(person.nir)) return out.Say(at / "nir", "nir.shape");
  out.Require(IsUsualNir(person.nir), at / "nir", "nir.first");
  if (person.nir_key.empty()) return;
  out.Require(b2::NirKeyFits(person.nir, person.nir_key), at / "nir_key", "nir.key");
}

void CheckCode(const Line& line, const At& at, Findings& out) {
  if (line.code.empty()) return out.Say(at, "field.missing");
  switch (line.system) {
    case CodeSystem::kLpp:
      return out.Require(IsDigits(line.code, 7), at, "lpp.shape");
    case CodeSystem::kCcam:
      return out.Require(IsCcam(line.code), at, "ccam.shape");
    case CodeSystem::kCip13:
      if (!IsCip13(line.code)) return out.Say(at, "cip13.shape");
      return out.Require(Cip13Fits(line.code), at, "cip13.key");
    case CodeSystem::kNgap:
      return out.Require(IsNgap(line.code), at, "ngap.shape");
    case CodeSystem::kGrouped:
      return;  // nobody published a list
  }
}

// A typing error, mostly: a decimal point that slipped, an axis of 1800.
void CheckCorrection(const Correction& seen, const At& at, Findings& out) {
  out.Require(std::abs(int64_t{seen.sphere}) <= 3000, at / "sphere", "correction.range");
  out.Require(std::abs(int64_t{seen.cylinder}) <= 1500, at / "cylinder", "correction.range");
  out.Require(seen.axis >= 0 && seen.axis <= 180, at / "axis", "correction.range");
  out.Require(seen.addition >= 0 && seen.addition <= 600, at / "addition", "correction.range");
}

bool InRange(Money money) {
  constexpr int64_t kMostCents = 999'999'999;
  return money.cents >= 0 && money.cents <= kMostCents;
}

// False when the amounts can't be reckoned with.
bool CheckRange(Money money, const At& at, Findings& out) {
  out.Require(InRange(money), at, "amount.range");
  return InRange(money);
}

}  // namespace

void CheckPerson(const Person& person, const At& at, Day today, Findings& out) {
  CheckNir(person, at, out);
  out.Require(person.birth_rank >= 1 && person.birth_rank <= 9, at / "birth_rank", "birth.rank");
  if (person.birth.empty()) return;
  if (!IsDigits(person.birth, 8)) return out.Say(at / "birth", "birth.shape");
  // Digits in the order of the calendar compare as the days do.
  const bool past = static_cast<uint32_t>(std::stoul(person.birth)) <= DayNumber(today);
  out.Require(past, at / "birth", "birth.future");
}

void CheckPractitioner(const Practitioner& practitioner, const At& at, Findings& out) {
  if (const std::string& finess = practitioner.finess; !finess.empty()) {
    if (!IsFiness(finess)) {
      out.Say(at / "finess", "finess.shape");
    } else {
      out.Require(b2::FinessFits(finess), at / "finess", "finess.key");
    }
  }
  if (const std::string& siret = practitioner.siret; !siret.empty()) {
    if (!IsDigits(siret, 14)) {
      out.Say(at / "siret", "siret.shape");
    } else {
      out.Require(SiretFits(siret), at / "siret", "siret.key");
    }
  }
  CheckRpps(practitioner.rpps, at / "rpps", out);
  CheckAdeli(practitioner.adeli, at / "adeli", out);
}

void CheckRights(const Rights& rights, const At& at, Findings& out) {
  if (const std::string& amc = rights.amc; !amc.empty()) {
    if (amc.size() > 10 || !AllDigits(amc)) {
      out.Say(at / "amc", "amc.shape");
    } else {
      out.Require(b2::LuhnFits(amc), at / "amc", "amc.key");
    }
  }
  if (const std::string& type = rights.convention; !type.empty()) {
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    out.Require(type.size() == 2 && std::ranges::all_of(type, letter), at / "convention",
                "convention.shape");
  }
  const auto amo = [&](const std::string& value, size_t length, const char* name) {
    if (!value.empty()) out.Require(IsDigits(value, length), at / name, "amo.shape");
  };
  amo(rights.regime, 2, "regime");
  amo(rights.fund, 3, "fund");
  amo(rights.centre, 4, "centre");
  if (rights.valid_from && rights.valid_until) {
    out.Require(*rights.valid_from <= *rights.valid_until, at / "valid_until", "date.order");
  }
}

void CheckPrescription(const Prescription& prescription, const At& at, Day asked_on, Day today,
                       Findings& out) {
  CheckRpps(prescription.prescriber_rpps, at / "prescriber_rpps", out);
  CheckAdeli(prescription.prescriber_adeli, at / "prescriber_adeli", out);
  if (!prescription.date) return;
  if (*prescription.date > today) return out.Say(at / "date", "date.future");
  out.Require(*prescription.date <= asked_on, at / "date", "date.order");
}

void CheckLine(const Line& line, const At& at, Findings& out) {
  CheckCode(line, at / "code", out);
  out.Require(line.quantity >= 1 && line.quantity <= 999, at / "quantity", "quantity.range");
  if (!line.correction) return;
  CheckCorrection(*line.correction, at / "correction", out);
  out.Require(line.side != Side::kNone, at / "side", "correction.side");
}

void CheckAmounts(const std::vector<Line>& lines, const Totals& totals, Findings& out) {
  const At root;
  const At at = root / "totals";
  bool fine = true;
  const auto judge = [&](Money money, const At& where) {
    if (!CheckRange(money, where, out)) fine = false;
  };
  Totals sum;
  const At list = root / "lines";
  for (size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const At here = list[static_cast<int>(i)];
    judge(line.price, here / "price");
    judge(line.base, here / "base");
    judge(line.compulsory, here / "compulsory");
    judge(line.asked, here / "asked");
    if (!fine) continue;
    out.Require(line.compulsory.cents + line.asked.cents <= line.price.cents, here / "asked",
                "amount.shares");
    out.Require(line.compulsory <= line.base, here / "compulsory", "amount.base");
    sum.price.cents += line.price.cents;
    sum.compulsory.cents += line.compulsory.cents;
    sum.asked.cents += line.asked.cents;
  }
  judge(totals.price, at / "price");
  judge(totals.compulsory, at / "compulsory");
  judge(totals.asked, at / "asked");
  if (!fine) return;
  out.Require(totals.price == sum.price, at / "price", "total.sum");
  out.Require(totals.compulsory == sum.compulsory, at / "compulsory", "total.sum");
  out.Require(totals.asked == sum.asked, at / "asked", "total.sum");
}

}  // namespace ecluse::content
