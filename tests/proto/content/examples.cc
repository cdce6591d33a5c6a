// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/content/examples.h"

#include "proto/limits.h"

namespace ecluse::content::samples {
namespace {

// The sample as an operator with these rules judges it.
template <class Function>
Example Under(const char* rule, const char* path, const Function& change) {
  Example example = Asking(rule, path, [](Authorisation&) {});
  change(example.rules);
  return example;
}

void AddTaken(std::vector<Example>& all) {
  all.push_back(Under("kind.taken", "", [](Rules& r) { r.kinds = {Kind::kBill}; }));
  all.push_back(Under("format.taken", "", [](Rules& r) { r.formats = {"application/xml"}; }));
  all.push_back(Under("size.most", "", [](Rules& r) { r.most_bytes = 100; }));
  all.push_back(Under("lines.most", "lines", [](Rules& r) { r.most_lines = 2; }));
  Example second = Asking("equipments.most", "lines", [](Authorisation& a) {
    a.lines.push_back(a.lines[0]);
    a.totals = {{40'000}, {2'160}, {37'840}};
  });
  second.rules.most_equipments = 1;
  all.push_back(second);
  Example quotation = {.rule = "quotation.creates",
                       .path = "",
                       .kind = Kind::kQuotation,
                       .bytes = Encode(SomeQuotation())};
  quotation.rules.quotation_creates = true;
  quotation.rules.kinds = {Kind::kAuthorisation};
  all.push_back(quotation);
  Example unwanted = Under("field.unwanted", "lines[1].correction", [](Rules& r) {
    r.requirements = {{Kind::kAuthorisation, "lines[].correction", Presence::kUnwanted, "", ""}};
  });
  // Only the second line has one.
  Authorisation request = SomeAuthorisation();
  request.lines[2].correction.reset();
  unwanted.bytes = Encode(request);
  all.push_back(unwanted);
}

void AddBytes(std::vector<Example>& all) {
  const auto typed = [&](const char* rule, const char* path, Kind kind, std::string bytes) {
    all.push_back({.rule = rule, .path = path, .kind = kind, .bytes = std::move(bytes)});
  };
  typed("content.readable", "", Kind::kAuthorisation, "<xml/>");
  typed("content.version", "", Kind::kAuthorisation, "");
  typed("content.kind", "", Kind::kBill, Encode(SomeAuthorisation()));
  Cancellation cancellation = SomeCancellation();
  cancellation.reason = "a\nb";
  typed("content.text", "reason", Kind::kCancellation, Encode(cancellation));
  cancellation.reason = std::string(2001, 'a');
  typed("content.length", "reason", Kind::kCancellation, Encode(cancellation));
  Document document = SomeDocument();
  document.kind = static_cast<DocumentKind>(9);
  typed("content.value", "kind", Kind::kDocument, Encode(document));
  document = SomeDocument();
  document.media_type = "pdf";
  typed("document.type", "media_type", Kind::kDocument, Encode(document));
  document = SomeDocument();
  document.bytes = "";
  typed("field.missing", "bytes", Kind::kDocument, Encode(document));
  all.push_back({.rule = "format.kind",
                 .path = "",
                 .kind = Kind::kAuthorisation,
                 .format = std::string(kB2),
                 .bytes = "000"});
  all.push_back({.rule = "format.kind",
                 .path = "",
                 .kind = Kind::kBill,
                 .format = std::string(kAnswer),
                 .bytes = EncodeAnswer(SomeAnswer())});
  all.push_back({.rule = "size.most",
                 .path = "",
                 .kind = Kind::kBill,
                 .format = "application/xml",
                 .bytes = std::string(ecluse::limits::kContentBytes + 1, 'x')});
  all.push_back(Asking("date.real", "prescription.date",
                       [](Authorisation& a) { a.prescription.date = Day(10'000, 1, 1); }));
  all.push_back(Asking("content.count", "lines", [](Authorisation& a) {
    a.lines.assign(1000, Line{});
    for (Line& line : a.lines) line.code = "9900001";
    a.totals = {};
  }));
}

void AddPresence(std::vector<Example>& all) {
  all.push_back(Asking("field.missing", "domain", [](Authorisation& a) { a.domain = ""; }));
  all.push_back(Asking("field.missing", "practitioner.finess",
                       [](Authorisation& a) { a.practitioner.finess = ""; }));
  all.push_back(Asking("field.missing", "opener.nir", [](Authorisation& a) { a.opener.nir = ""; }));
  all.push_back(Asking("field.missing", "opener.nir",
                       [](Authorisation& a) { a.opener.nir = a.opener.nir_key = ""; }));
  all.push_back(Asking("field.missing", "lines", [](Authorisation& a) {
    a.lines.clear();
    a.totals = {};
  }));
  all.push_back(Asking("consent.missing", "consent", [](Authorisation& a) { a.consent = false; }));
  all.push_back(
      Billing("field.missing", "opener.nir_key", [](Invoice& i) { i.opener.nir_key = ""; }));
  all.push_back(
      Billing("field.missing", "beneficiary.birth", [](Invoice& i) { i.beneficiary->birth = ""; }));
  all.push_back(Billing("field.missing", "number", [](Invoice& i) { i.number = ""; }));
}

void AddDays(std::vector<Example>& all) {
  const Day tomorrow = kToday + 1;
  const Day later = kToday + 2;  // nowhere in France can it be that day
  all.push_back(Asking("date.future", "asked_on", [&](Authorisation& a) { a.asked_on = later; }));
  all.push_back(Billing("date.future", "day", [&](Invoice& i) { i.day = later; }));
  all.push_back(Asking("date.future", "prescription.date",
                       [&](Authorisation& a) { a.prescription.date = later; }));
  all.push_back(Asking("date.order", "prescription.date",
                       [](Authorisation& a) { a.prescription.date = Day(2024, 2, 4); }));
  all.push_back(Billing("date.order", "granted_on", [&](Invoice& i) { i.granted_on = tomorrow; }));
  all.push_back(
      Billing("date.order", "lines[1].day", [&](Invoice& i) { i.lines[1].day = tomorrow; }));
}

void AddSums(std::vector<Example>& all) {
  all.push_back(
      Asking("total.sum", "totals.price", [](Authorisation& a) { ++a.totals.price.cents; }));
  all.push_back(Asking("total.sum", "totals.compulsory",
                       [](Authorisation& a) { --a.totals.compulsory.cents; }));
  all.push_back(Billing("total.sum", "totals.asked", [](Invoice& i) { i.totals.asked.cents = 0; }));
  all.push_back(Billing("invoice.shape", "number", [](Invoice& i) { i.number = "1234567890"; }));
  all.push_back(Billing("invoice.shape", "number", [](Invoice& i) { i.number = "F-12"; }));
  all.push_back(
      Billing("iban.shape", "payee_account", [](Invoice& i) { i.payee_account = "FR14"; }));
  all.push_back(Billing("iban.key", "payee_account",
                        [](Invoice& i) { i.payee_account = "FR1520041010050500013M02606"; }));
  all.push_back(Billing("invoice.zero", "number", [](Invoice& i) { i.number = "000"; }));
  all.push_back(Billing("invoice.zero", "replaces", [](Invoice& i) { i.replaces = "0"; }));
  all.push_back(Billing("invoice.same", "number", [](Invoice& i) {
    i.number = "12";
    i.replaces = "0012";
  }));
}

}  // namespace

std::vector<Example> OtherExamples() {
  std::vector<Example> all;
  AddTaken(all);
  AddBytes(all);
  AddPresence(all);
  AddDays(all);
  AddSums(all);
  return all;
}

}  // namespace ecluse::content::samples
