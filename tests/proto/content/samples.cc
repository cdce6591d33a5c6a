// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/content/samples.h"

namespace ecluse::content::samples {
namespace {

Person Opener() {
  return {.surname = "Écluse",
          .first_name = "Aimée",
          .birth = "19510930",
          .birth_rank = 2,
          .nir = "2951099126111",
          .nir_key = "93"};
}

Person Beneficiary() {
  return {.surname = "Bief",
          .first_name = "Côme",
          .birth = "20151231",
          .birth_rank = 1,
          .nir = "253072A073004",
          .nir_key = "43"};
}

Line Frame() {
  Line frame;
  frame.code = "9900001";
  frame.supplier_code = "SYNTH1";
  frame.price.cents = 10'000;
  frame.base.cents = 900;
  frame.compulsory.cents = 540;
  frame.asked.cents = 9'460;
  return frame;
}

Line Lens(Side side) {
  Line lens = Frame();
  lens.code = "9900002";
  lens.side = side;
  lens.quantity = 1;
  lens.day = kToday;
  lens.correction = Correction{-225, -50, 175, 200};
  return lens;
}

// What authorisations and invoices share.
template <class Request>
Request Shared() {
  Request request;
  request.domain = "optics";
  request.practitioner = {.finess = "750000002",
                          .siret = "73282932000074",
                          .rpps = "10000000017",
                          .adeli = "9DA005191"};
  request.opener = Opener();
  request.beneficiary = Beneficiary();
  request.rights = {.amc = "0099999005",
                    .convention = "ZZ",
                    .csr = "94 1",
                    .member_number = "M1",
                    .valid_from = Day(2024, 1, 1),
                    .valid_until = Day(2024, 12, 31),
                    .regime = "01",
                    .fund = "751",
                    .centre = "0000"};
  request.prescription = {.date = Day(2024, 1, 10),
                          .prescriber_rpps = "10000000017",
                          .prescriber_adeli = "751000019",
                          .renewal = true};
  request.lines = {Frame(), Lens(Side::kRight), Lens(Side::kLeft)};
  request.totals = {{30'000}, {1'620}, {28'380}};
  return request;
}

}  // namespace

Authorisation SomeAuthorisation() {
  auto request = Shared<Authorisation>();
  request.asked_on = Day(2024, 2, 3);
  request.consent = true;
  return request;
}

Quotation SomeQuotation() { return {SomeAuthorisation()}; }

Cancellation SomeCancellation() { return {"PEC42", "équipement non délivré"}; }

Document SomeDocument() {
  return {"PEC42", DocumentKind::kDeliveryNote, "application/pdf", std::string("%PDF\0\xff", 6)};
}

Invoice SomeInvoice() {
  auto invoice = Shared<Invoice>();
  invoice.number = "123456789";
  invoice.day = kToday;
  invoice.replaces = "123456788";
  invoice.authorisation_number = "PEC42";
  invoice.granted_on = Day(2024, 2, 1);
  return invoice;
}

std::vector<Named> Contents() {
  return {{"authorisation", SomeAuthorisation()},
          {"quotation", SomeQuotation()},
          {"cancellation", SomeCancellation()},
          {"document", SomeDocument()},
          {"invoice", SomeInvoice()}};
}

Answer SomeAnswer() {
  Answer answer;
  answer.decision = Decision::kGrantedPendingDocuments;
  answer.status = "Accordée sous réserve";
  answer.reference = "R-1";
  answer.authorisation_number = "PEC42";
  answer.granted_on = Day(2024, 2, 5);
  answer.valid_until = Day(2024, 8, 5);
  answer.granted = Money{28'000};
  answer.wanted = {DocumentKind::kPrescription, DocumentKind::kInvoice};
  answer.wanted_by = Day(2024, 2, 15);
  answer.reasons = {{"P1", "pièces à fournir"}, {"", "sans code"}};
  answer.letters = {{"application/pdf", std::string("\0letter", 7)}};
  answer.payments = {{"123456789", {28'380}, {-100}, "VIR 1", Day(2024, 3, 1)}};
  answer.native_format = "application/xml";
  answer.native = "<a/>";
  return answer;
}

}  // namespace ecluse::content::samples
