// SPDX-License-Identifier: Apache-2.0
#include "proto/content/codec_parts.h"
#include "proto/content/content.pb.h"
#include "proto/content/limits.h"

namespace ecluse::content {
namespace {

void Put(const Person& from, v1::Person* to) {
  to->set_surname(from.surname);
  to->set_first_name(from.first_name);
  to->set_birth(from.birth);
  to->set_birth_rank(from.birth_rank);
  to->set_nir(from.nir);
  to->set_nir_key(from.nir_key);
}
void Get(const v1::Person& from, const At& at, Reading& in, Person& to) {
  to.surname = in.Text(from.surname(), limits::kNameBytes, at / "surname");
  to.first_name = in.Text(from.first_name(), limits::kNameBytes, at / "first_name");
  to.birth = in.Text(from.birth(), limits::kNumberBytes, at / "birth");
  to.birth_rank = from.has_birth_rank() ? from.birth_rank() : 1;
  to.nir = in.Text(from.nir(), limits::kNumberBytes, at / "nir");
  to.nir_key = in.Text(from.nir_key(), limits::kNumberBytes, at / "nir_key");
}

void Put(const Practitioner& from, v1::Practitioner* to) {
  to->set_finess(from.finess);
  to->set_siret(from.siret);
  to->set_rpps(from.rpps);
  to->set_adeli(from.adeli);
}
void Get(const v1::Practitioner& from, const At& at, Reading& in, Practitioner& to) {
  to.finess = in.Text(from.finess(), limits::kNumberBytes, at / "finess");
  to.siret = in.Text(from.siret(), limits::kNumberBytes, at / "siret");
  to.rpps = in.Text(from.rpps(), limits::kNumberBytes, at / "rpps");
  to.adeli = in.Text(from.adeli(), limits::kNumberBytes, at / "adeli");
}

void Put(const Rights& from, v1::Rights* to) {
  to->set_amc(from.amc);
  to->set_convention(from.convention);
  to->set_csr(from.csr);
  to->set_member_number(from.member_number);
  to->set_valid_from(DayNumber(from.valid_from));
  to->set_valid_until(DayNumber(from.valid_until));
  to->set_regime(from.regime);
  to->set_fund(from.fund);
  to->set_centre(from.centre);
}
void Get(const v1::Rights& from, const At& at, Reading& in, Rights& to) {
  to.amc = in.Text(from.amc(), limits::kNumberBytes, at / "amc");
  to.convention = in.Text(from.convention(), limits::kNumberBytes, at / "convention");
  to.csr = in.Text(from.csr(), limits::kNumberBytes, at / "csr");
  to.member_number = in.Text(from.member_number(), limits::kNumberBytes, at / "member_number");
  to.valid_from = in.GetDay(from.valid_from(), at / "valid_from");
  to.valid_until = in.GetDay(from.valid_until(), at / "valid_until");
  to.regime = in.Text(from.regime(), limits::kNumberBytes, at / "regime");
  to.fund = in.Text(from.fund(), limits::kNumberBytes, at / "fund");
  to.centre = in.Text(from.centre(), limits::kNumberBytes, at / "centre");
}

void Put(const Prescription& from, v1::Prescription* to) {
  to->set_date(DayNumber(from.date));
  to->set_prescriber_rpps(from.prescriber_rpps);
  to->set_prescriber_adeli(from.prescriber_adeli);
  to->set_renewal(from.renewal);
}
void Get(const v1::Prescription& from, const At& at, Reading& in, Prescription& to) {
  constexpr size_t kMost = limits::kNumberBytes;
  to.date = in.GetDay(from.date(), at / "date");
  to.prescriber_rpps = in.Text(from.prescriber_rpps(), kMost, at / "prescriber_rpps");
  to.prescriber_adeli = in.Text(from.prescriber_adeli(), kMost, at / "prescriber_adeli");
  to.renewal = from.renewal();
}

void Put(const Correction& from, v1::Correction* to) {
  to->set_sphere(from.sphere);
  to->set_cylinder(from.cylinder);
  to->set_axis(from.axis);
  to->set_addition(from.addition);
}

void Put(const Line& from, v1::Line* to) {
  to->set_system(static_cast<v1::CodeSystem>(from.system));
  to->set_code(from.code);
  to->set_supplier_code(from.supplier_code);
  to->set_side(static_cast<v1::Side>(from.side));
  to->set_quantity(from.quantity);
  to->set_day(DayNumber(from.day));
  to->set_price_cents(from.price.cents);
  to->set_base_cents(from.base.cents);
  to->set_compulsory_cents(from.compulsory.cents);
  to->set_asked_cents(from.asked.cents);
  if (from.correction) Put(*from.correction, to->mutable_correction());
}
void Get(const v1::Line& from, const At& at, Reading& in, Line& to) {
  to.system = in.Enum(from.system(), CodeSystem::kLpp, CodeSystem::kGrouped, at / "system");
  to.code = in.Text(from.code(), limits::kNumberBytes, at / "code");
  to.supplier_code = in.Text(from.supplier_code(), limits::kNumberBytes, at / "supplier_code");
  to.side = in.Enum(from.side(), Side::kNone, Side::kRight, at / "side");
  to.quantity = from.has_quantity() ? from.quantity() : 1;
  to.day = in.GetDay(from.day(), at / "day");
  to.price.cents = from.price_cents();
  to.base.cents = from.base_cents();
  to.compulsory.cents = from.compulsory_cents();
  to.asked.cents = from.asked_cents();
  if (!from.has_correction()) return;
  const v1::Correction& seen = from.correction();
  to.correction = Correction{seen.sphere(), seen.cylinder(), seen.axis(), seen.addition()};
}

void Put(const Totals& from, v1::Totals* to) {
  to->set_price_cents(from.price.cents);
  to->set_compulsory_cents(from.compulsory.cents);
  to->set_asked_cents(from.asked.cents);
}

// What authorisations and invoices have in common.
template <class Plain, class Message>
void PutShared(const Plain& from, Message* to) {
  to->set_domain(from.domain);
  Put(from.practitioner, to->mutable_practitioner());
  Put(from.opener, to->mutable_opener());
  if (from.beneficiary) Put(*from.beneficiary, to->mutable_beneficiary());
  Put(from.rights, to->mutable_rights());
  Put(from.prescription, to->mutable_prescription());
  for (const Line& line : from.lines) Put(line, to->add_lines());
  Put(from.totals, to->mutable_totals());
}
template <class Message, class Plain>
void GetShared(const Message& from, const At& at, Reading& in, Plain& to) {
  to.domain = in.Text(from.domain(), limits::kNumberBytes, at / "domain");
  Get(from.practitioner(), at / "practitioner", in, to.practitioner);
  Get(from.opener(), at / "opener", in, to.opener);
  if (from.has_beneficiary()) {
    Get(from.beneficiary(), at / "beneficiary", in, to.beneficiary.emplace());
  }
  Get(from.rights(), at / "rights", in, to.rights);
  Get(from.prescription(), at / "prescription", in, to.prescription);
  const At lines = at / "lines";
  const int count = in.Count(from.lines_size(), limits::kLines, lines);
  to.lines.resize(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    Get(from.lines(i), lines[i], in, to.lines[static_cast<size_t>(i)]);
  }
  to.totals.price.cents = from.totals().price_cents();
  to.totals.compulsory.cents = from.totals().compulsory_cents();
  to.totals.asked.cents = from.totals().asked_cents();
}

// A day that must be there.
Day GetTheDay(uint32_t number, const At& at, Reading& in) {
  if (number == 0) in.Fail(at, "field.missing");
  return in.GetDay(number, at).value_or(Day());
}

}  // namespace

void Put(const Authorisation& from, v1::Authorisation* to) {
  to->set_asked_on(DayNumber(from.asked_on));
  PutShared(from, to);
  to->set_consent(from.consent);
}
void Get(const v1::Authorisation& from, const At& at, Reading& in, Authorisation& to) {
  to.asked_on = GetTheDay(from.asked_on(), at / "asked_on", in);
  GetShared(from, at, in, to);
  to.consent = from.consent();
}

void Put(const Invoice& from, v1::Invoice* to) {
  to->set_number(from.number);
  to->set_day(DayNumber(from.day));
  to->set_replaces(from.replaces);
  to->set_authorisation_number(from.authorisation_number);
  to->set_granted_on(DayNumber(from.granted_on));
  to->set_payee_account(from.payee_account);
  PutShared(from, to);
}
void Get(const v1::Invoice& from, const At& at, Reading& in, Invoice& to) {
  constexpr size_t kMost = limits::kNumberBytes;
  to.number = in.Text(from.number(), kMost, at / "number");
  to.day = GetTheDay(from.day(), at / "day", in);
  to.replaces = in.Text(from.replaces(), kMost, at / "replaces");
  to.authorisation_number =
      in.Text(from.authorisation_number(), kMost, at / "authorisation_number");
  to.granted_on = in.GetDay(from.granted_on(), at / "granted_on");
  to.payee_account = in.Text(from.payee_account(), kMost, at / "payee_account");
  GetShared(from, at, in, to);
}

}  // namespace ecluse::content
