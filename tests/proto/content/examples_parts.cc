// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/content/examples.h"

namespace ecluse::content::samples {
namespace {

void AddNumbers(std::vector<Example>& all) {
  const auto person = [&](const char* rule, const char* path, const auto& change) {
    all.push_back(Asking(rule, path, [&](Authorisation& a) { change(a.opener); }));
  };
  const auto shop = [&](const char* rule, const char* path, const auto& change) {
    all.push_back(Asking(rule, path, [&](Authorisation& a) { change(a.practitioner); }));
  };
  const auto rights = [&](const char* rule, const char* path, const auto& change) {
    all.push_back(Asking(rule, path, [&](Authorisation& a) { change(a.rights); }));
  };
  shop("finess.shape", "practitioner.finess", [](auto& p) { p.finess = "75000000"; });
  shop("finess.shape", "practitioner.finess", [](auto& p) { p.finess = "2C0002689"; });
  shop("finess.key", "practitioner.finess", [](auto& p) { p.finess = "750000003"; });
  shop("siret.shape", "practitioner.siret", [](auto& p) { p.siret = "7328293200007X"; });
  shop("siret.key", "practitioner.siret", [](auto& p) { p.siret = "73282932000079"; });
  shop("rpps.shape", "practitioner.rpps", [](auto& p) { p.rpps = "1000000001"; });
  shop("rpps.key", "practitioner.rpps", [](auto& p) { p.rpps = "10000000018"; });
  shop("adeli.shape", "practitioner.adeli", [](auto& p) { p.adeli = "9ZA005191"; });
  shop("adeli.key", "practitioner.adeli", [](auto& p) { p.adeli = "751000018"; });
  person("nir.shape", "opener.nir", [](auto& p) { p.nir = "2951099126"; });
  person("nir.shape", "opener.nir", [](auto& p) { p.nir = "253072C073004"; });
  person("nir.key", "opener.nir_key", [](auto& p) { p.nir_key = "99"; });
  person("nir.key", "opener.nir_key", [](auto& p) { p.nir_key = "9"; });
  person("nir.first", "opener.nir", [](auto& p) { p.nir = "3951099126111", p.nir_key = ""; });
  person("birth.shape", "opener.birth", [](auto& p) { p.birth = "1951-9-3"; });
  person("birth.future", "opener.birth", [](auto& p) { p.birth = "20240207"; });
  person("birth.rank", "opener.birth_rank", [](auto& p) { p.birth_rank = 0; });
  all.push_back(Asking("nir.key", "beneficiary.nir_key",
                       [](Authorisation& a) { a.beneficiary->nir_key = "70"; }));
  rights("amc.shape", "rights.amc", [](auto& r) { r.amc = "00099999005"; });
  rights("amc.shape", "rights.amc", [](auto& r) { r.amc = "75-1"; });
  rights("amc.key", "rights.amc", [](auto& r) { r.amc = "0099999004"; });
  rights("convention.shape", "rights.convention", [](auto& r) { r.convention = "ABC"; });
  rights("amo.shape", "rights.regime", [](auto& r) { r.regime = "1"; });
  rights("amo.shape", "rights.fund", [](auto& r) { r.fund = "75"; });
  rights("amo.shape", "rights.centre", [](auto& r) { r.centre = "00000"; });
  rights("date.order", "rights.valid_until", [](auto& r) {
    r.valid_from = Day(2024, 2, 1);
    r.valid_until = Day(2024, 1, 1);
  });
  rights("rights.valid", "rights.valid_until", [](auto& r) { r.valid_until = Day(2024, 2, 2); });
  rights("rights.valid", "rights.valid_from", [](auto& r) { r.valid_from = Day(2024, 2, 4); });
}

void AddLines(std::vector<Example>& all) {
  const auto frame = [&](const char* rule, const char* path, const auto& change) {
    all.push_back(Asking(rule, path, [&](Authorisation& a) { change(a.lines[0]); }));
  };
  const auto lens = [&](const char* rule, const char* path, const auto& change) {
    all.push_back(Asking(rule, path, [&](Authorisation& a) { change(a.lines[1]); }));
  };
  const auto coded = [](CodeSystem system, const char* code) {
    return [=](Line& line) { line.system = system, line.code = code; };
  };
  constexpr const char* kCode = "lines[0].code";
  frame("lpp.shape", kCode, coded(CodeSystem::kLpp, "990001"));
  frame("cip13.shape", kCode, coded(CodeSystem::kCip13, "3401035955838"));
  frame("cip13.key", kCode, coded(CodeSystem::kCip13, "3400935955839"));
  frame("ccam.shape", kCode, coded(CodeSystem::kCcam, "BFGA04"));
  frame("ngap.shape", kCode, coded(CodeSystem::kNgap, "amy"));
  frame("field.missing", kCode, coded(CodeSystem::kGrouped, ""));
  frame("quantity.range", "lines[0].quantity", [](Line& l) { l.quantity = 0; });
  frame("quantity.range", "lines[0].quantity", [](Line& l) { l.quantity = 1000; });
  frame("amount.range", "lines[0].price", [](Line& l) { l.price.cents = 1'000'000'000; });
  frame("amount.range", "lines[0].asked", [](Line& l) { l.asked.cents = -1; });
  frame("amount.base", "lines[0].compulsory", [](Line& l) { l.base.cents = 539; });
  lens("correction.range", "lines[1].correction.sphere",
       [](Line& l) { l.correction->sphere = 22'500; });
  lens("correction.range", "lines[1].correction.cylinder",
       [](Line& l) { l.correction->cylinder = INT32_MIN; });
  lens("correction.range", "lines[1].correction.axis", [](Line& l) { l.correction->axis = 181; });
  lens("correction.range", "lines[1].correction.addition",
       [](Line& l) { l.correction->addition = -25; });
  lens("correction.side", "lines[1].side", [](Line& l) { l.side = Side::kNone; });
  all.push_back(Asking("amount.shares", "lines[0].asked", [](Authorisation& a) {
    a.lines[0].asked.cents += 1;
    a.totals.asked.cents += 1;
  }));
}

}  // namespace

std::vector<Example> ExamplesOfParts() {
  std::vector<Example> all;
  AddNumbers(all);
  AddLines(all);
  return all;
}

}  // namespace ecluse::content::samples
