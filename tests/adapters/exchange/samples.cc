// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/exchange/samples.h"

namespace ecluse::exchange {
namespace {

content::Person APerson() {
  return {"ÉPREUVE <&> D'ESSAI", "Anaïs", "19591331", 2, "2590199000001", "42"};
}

content::Practitioner AShop() {
  return {"750000001", "12345678901234", "10000000001", "751234567"};
}

content::Rights SomeRights() {
  return {"00123456", "TP",  "0 3", "ADH\"1", content::Day(2024, 1, 1), content::Day(2024, 12, 31),
          "01",       "331", "0001"};
}

std::vector<content::Line> SomeLines() {
  content::Line lens;
  lens.system = content::CodeSystem::kLpp;
  lens.code = "1234567";
  lens.supplier_code = "SUP-1";
  lens.side = content::Side::kRight;
  lens.quantity = 2;
  lens.day = content::Day(2024, 2, 29);
  lens.price = {12050};
  lens.base = {5};
  lens.compulsory = {3};
  lens.asked = {-12047};
  lens.correction = content::Correction{-250, 75, 90, 200};
  content::Line act;
  act.system = content::CodeSystem::kCcam;
  act.code = "BFGA004";
  return {lens, act};
}

}  // namespace

content::Authorisation AnAuthorisation() {
  content::Authorisation asked;
  asked.asked_on = content::Day(2024, 2, 1);
  asked.domain = "optics";
  asked.practitioner = AShop();
  asked.opener = APerson();
  asked.beneficiary = APerson();
  asked.rights = SomeRights();
  asked.prescription = {content::Day(2024, 1, 15), "10000000002", "751234568", true};
  asked.lines = SomeLines();
  asked.totals = {{12050}, {3}, {12047}};
  asked.consent = true;
  return asked;
}

content::Invoice ABill() {
  const content::Authorisation asked = AnAuthorisation();
  content::Invoice bill;
  bill.number = "000000123";
  bill.day = content::Day(2024, 3, 1);
  bill.replaces = "000000122";
  bill.authorisation_number = "OP1";
  bill.granted_on = content::Day(2024, 2, 2);
  bill.domain = asked.domain;
  bill.practitioner = asked.practitioner;
  bill.opener = asked.opener;
  bill.rights = asked.rights;
  bill.prescription = asked.prescription;
  bill.lines = asked.lines;
  bill.totals = asked.totals;
  return bill;
}

content::Answer AnAnswer(const std::string& status) {
  content::Answer answer;
  answer.status = status;
  answer.reference = "DOS1";
  answer.authorisation_number = "OP1";
  answer.granted_on = content::Day(2024, 2, 2);
  answer.valid_until = content::Day(2024, 5, 2);
  answer.granted = content::Money{9999};
  answer.wanted = {content::DocumentKind::kPrescription, content::DocumentKind::kOther};
  answer.wanted_by = content::Day(2024, 2, 11);
  answer.reasons = {{"R1", "à revoir <ligne>\nsuite"}, {"", ""}};
  answer.letters = {{"application/pdf", std::string("%PDF\0\xFF\r\n", 8)}};
  return answer;
}

content::Answer OnlyStatus(const std::string& status) {
  content::Answer answer;
  answer.status = status;
  return answer;
}

std::vector<Call> EveryCall() {
  const Head head{kKey, "750000001"};
  const content::Document document{"OP1", content::DocumentKind::kDeliveryNote, "image/png",
                                   std::string("\x89PNG\0", 5)};
  return {
      Request{head, false, AnAuthorisation()},
      Request{head, true, AnAuthorisation()},
      Request{{kKey, ""}, false, {}},
      Supplement{head, document},
      Supplement{{kKey, ""}, {}},
      Get{head, Subject::kRequest, ""},
      Get{head, Subject::kInvoice, "shop-6"},
      Cancel{head, {"OP1", "client gone"}},
      Cancel{{kKey, ""}, {}},
      Invoice{head, ABill()},
      Invoice{{kKey, ""}, {}},
  };
}

std::vector<Reply> EveryReply() {
  return {
      Response{kKey, 60, "shop-8", AnAnswer("accordée"), content::Money{12047}},
      Response{kKey, 0, "", OnlyStatus("x")},
      CancelAcknowledgement{kKey, "annulée", "OP1", {{"A", "b"}}},
      CancelAcknowledgement{kKey, "x", "", {}},
      Fault{CodeOf(FaultClass::kClosed), "fermé", kKey, 3600, {"AMC", "01", "a@example.invalid"}},
      Fault{"A CODE OF TOMORROW", "", "", 0, {}},
  };
}

std::string Encoded(const Call& call) { return EncodeCall(call).value_or("not encoded"); }
std::string Encoded(const Reply& reply) { return EncodeReply(reply).value_or("not encoded"); }

}  // namespace ecluse::exchange
