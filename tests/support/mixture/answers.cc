// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "adapters/protocols/exchange/codec.h"
#include "proto/content/codec.h"
#include "tests/support/mail/noemie_writer.h"
#include "tests/support/mixture/mixture.h"
#include "tests/support/patients/dice.h"

namespace ecluse::mixture {
namespace {

content::Day DayOf(uint64_t number) {
  return content::Day(2026, 1, 5) + static_cast<int>(number / 64 % 200);
}

// A payment return by mail, of a bill.
content::Answer Paid(patients::Dice& dice, uint64_t number) {
  content::Answer answer;
  const int64_t asked = dice.Between(2'000, 60'000);
  const bool paid = !dice.OneIn(12);
  const std::string invoice = fmt::format("{:09}", number % 1'000'000'000);
  const std::string transfer = fmt::format("VIR{:08}", dice.Below(100'000'000));
  const std::string shortly = absl::FormatCivilTime(DayOf(number)).substr(2, 2) +
                              absl::FormatCivilTime(DayOf(number)).substr(5, 2) +
                              absl::FormatCivilTime(DayOf(number)).substr(8, 2);
  answer.decision = paid ? Decision::kPaid : Decision::kRefused;
  answer.status = paid ? "P" : "R";
  answer.payments = {{invoice, {asked}, {paid ? asked : 0}, transfer, DayOf(number) + 7}};
  if (!paid) answer.reasons = {{"4012", "DROITS FERMES A LA DATE DES SOINS"}};
  answer.native_format = "application/x-noemie";
  answer.native = WriteNoemie("0099999005", "750000374", shortly, transfer,
                              {{invoice,
                                {static_cast<uint32_t>(number % 999 + 1), shortly},
                                asked,
                                paid ? 'P' : 'R',
                                paid ? asked : 0,
                                paid ? "" : "4012",
                                paid ? "" : "DROITS FERMES A LA DATE DES SOINS"}});
  return answer;
}

// As a portal says it.
std::string Json(const content::Answer& a) {
  std::string text = fmt::format(R"({{"reference":"{}","status":"{}")", a.reference, a.status);
  if (!a.granted) {
    const content::Reason& why = a.reasons.front();
    return text + fmt::format(R"(,"reasons":[{{"code":"{}","text":"{}"}}]}})", why.code, why.text);
  }
  return text + fmt::format(R"(,"authorisation_number":"{}","granted_cents":{},)"
                            R"("granted_on":"{}","valid_until":"{}"}})",
                            a.authorisation_number, a.granted->cents,
                            absl::FormatCivilTime(*a.granted_on),
                            absl::FormatCivilTime(*a.valid_until));
}

// A word of the authorisation exchange, in the operator's own message.
content::Answer Granted(patients::Dice& dice, uint64_t number) {
  content::Answer answer;
  const content::Day day = DayOf(number);
  answer.reference = fmt::format("DOS{:09}", dice.Below(1'000'000'000));
  if (dice.OneIn(9)) {
    answer.decision = Decision::kRefused;
    answer.status = "refusée";
    answer.reasons = {{"R012", "Le bénéficiaire n'est pas couvert à la date demandée"}};
  } else {
    answer.decision = Decision::kGranted;
    answer.status = "accordée";
    answer.authorisation_number = fmt::format("PEC{:010}", dice.Below(10'000'000'000));
    answer.granted_on = day;
    answer.valid_until = day + 90;
    answer.granted = content::Money{dice.Between(2'000, 60'000)};
  }
  if (dice.OneIn(3)) {
    answer.native_format = "application/json";
    answer.native = Json(answer);
    return answer;
  }
  exchange::Response message;
  message.key = fmt::format("optique-{}-{}", dice.Below(99), number);
  message.answer = answer;
  answer.native_format = exchange::kMediaType;
  answer.native = exchange::EncodeReply(message).value_or("");
  return answer;
}

}  // namespace

Answer AnswerTo(const Request& request, uint64_t number) {
  patients::Dice dice(number);
  const bool bill = request.kind == Kind::kBill;
  const content::Answer answer = bill ? Paid(dice, number) : Granted(dice, number);
  return {answer.decision, std::string(content::kAnswer), content::EncodeAnswer(answer)};
}

}  // namespace ecluse::mixture
