// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/samples.h"

#include <utility>

#include "tests/proto/samples_reopening.h"

namespace ecluse::samples {
namespace {

using namespace wire;

const Destination kCare{{"viamedis"}, {"authorisation"}};
const Destination kBilling{{"almerys"}, {"billing"}};

absl::Time Hour(int day, int hour) {
  return absl::FromCivil(absl::CivilSecond(2024, 2, day, hour, 7, 9), absl::UTCTimeZone()) +
         absl::Milliseconds(day * 10 + hour);
}

GateState Gate() {
  GateState gate;
  gate.code = GateCode::kClosed;
  gate.since = Hour(1, 9);
  gate.by = "astreinte";
  gate.reason = "Coupure du portail, réseau isolé";
  gate.announced = Hour(12, 13);
  gate.paused_until = Hour(2, 3);
  gate.pauses = 5;
  gate.allowance = 7;
  return gate;
}

RequestStatus AStatus() {
  return {{901}, kCare, "FAC-2024/0117 é", StateCode::kInDoubt, WhyWaiting::kProbe, Hour(3, 4),
          11,    812};
}

ListRow Row() {
  ListRow row{AStatus(), {"optique-du-port"}};
  row.status.reference.clear();
  return row;
}

Filter AFilter() {
  return {OperatorId{"viamedis"},
          ServiceId{"billing"},
          PracticeId{"pharmacie-3"},
          {StateCode::kDeferred, StateCode::kInDoubt},
          absl::Hours(49)};
}

Hold AHold(uint64_t id) {
  return {{id},
          {OperatorId{"almerys"}, ServiceId{"billing"}, PracticeId{"cabinet-9"}, {}},
          "claire",
          "Litige en cours",
          Hour(5, 6)};
}

Task ATask(Task::What what) {
  Task task;
  task.what = what;
  task.envelope = {{77},        {"optique-du-port"}, "2A0123456", kBilling,      "DRE 42",
                   Kind::kBill, "text/x-b2",         3,           std::string(), Hour(7, 8)};
  task.attempt = 4;
  task.lease = absl::Milliseconds(29'500);
  if (what == Task::What::kDeliver) task.content = "b2!";
  return task;
}

DestinationStatus ADestination() { return {kCare, Gate(), true, 813, 812, 16}; }

std::vector<std::pair<const char*, CallBody>> PracticeCalls() {
  Deposit deposit;
  deposit.items.push_back({kCare, "750000019", "PEC-1", Kind::kAuthorisation,
                           "application/xml; charset=utf-8", "<pec/>"});
  deposit.items.push_back({kBilling, "2B0000028", "PJ-1", Kind::kDocument, "application/pdf",
                           std::string("%PDF\0\xFF", 6)});
  StatusOf status_of{{{11}, {12}}, {{kCare, "PEC-1"}, {kBilling, "PJ-1"}}};
  return {{"deposit", deposit},
          {"status_of", status_of},
          {"withdraw", Withdraw{{13}}},
          {"inbox", Inbox{14, 15}},
          {"operators", Operators{}}};
}

std::vector<std::pair<const char*, CallBody>> AdapterCalls() {
  Pull pull{{0xFEDCBA9876543210}, {kCare, kBilling}, 16, {{{21}, 2}, {{22}, 3}}, absl::Seconds(20)};
  Report report{{24}, Task::What::kProbe, {}};
  report.items = {{{{25}, 1}, outcome::Answered{Decision::kGranted, "application/json", "{}"}},
                  {{{26}, 2}, outcome::Accepted{absl::Minutes(3)}},
                  {{{27}, 3}, outcome::Deferred{Hindrance::kBusy, absl::Minutes(4), true}},
                  {{{28}, 4}, outcome::Rejected{"text/plain", "pas de ça ici"}},
                  {{{29}, 5}, std::nullopt}};
  return {{"pull", pull},
          {"begin", Begin{{23}, {{{21}, 2}, {{22}, 3}}}},
          {"report", report},
          {"answer", Answer{{30}, outcome::Answered{Decision::kRefused, "text/xml", "<r/>"}}}};
}

std::vector<std::pair<const char*, CallBody>> OpsCalls() {
  const std::string why = "Annoncé par l'opérateur";
  return {{"status", Status{}},
          {"shape", Shape{}},
          {"list", List{AFilter(), {31}, 32}},
          {"show", Show{{33}}},
          {"close", Close{kCare, why, Hour(12, 13)}},
          {"reopen", Reopen{kBilling, why, true}},
          {"drain", Drain{kCare, 34, why}},
          {"place_hold", PlaceHold{{{}, {}, {}, RequestId{35}}, why}},
          {"lift_hold", LiftHold{{36}, why}},
          {"holds", Holds{}},
          {"resolve", Resolve{{37}, Verdict::kNotSent, why, 39}},
          {"resolve_all", ResolveAll{AFilter(), Verdict::kSent, why, "3f9a"}},
          {"retry", Retry{{38}, why}}};
}

std::vector<std::pair<const char*, ReplyBody>> PracticeReplies() {
  const Error conflict{ErrorCode::kConflict, "items[1]"};
  InboxEntry entry{
      5,           {41},         kCare,           "PEC-1", Event::kRejected, Decision::kRefused,
      Hour(9, 10), "text/plain", "numéro inconnu"};
  return {{"error", Error{ErrorCode::kForbidden, "finess"}},
          {"deposit_result", DepositResult{{Receipt{{42}, Hour(1, 2), true}, conflict}}},
          {"status_result", StatusResult{{AStatus(), Error{ErrorCode::kUnknownRequest, "x"}}}},
          {"withdraw_result", WithdrawResult{AStatus()}},
          {"inbox_result", InboxResult{{entry}, 43}},
          {"operators_result", OperatorsResult{{ADestination()}}}};
}

std::vector<std::pair<const char*, ReplyBody>> AdapterReplies() {
  return {{"work", Work{{ATask(Task::What::kProbe), ATask(Task::What::kDeliver)}}},
          {"proceed", Proceed{{{{{51}, 2}, ErrorCode::kNone, absl::Seconds(119)},
                               {{{52}, 3}, ErrorCode::kNotYourLease, absl::ZeroDuration()}}}},
          {"noted", Noted{{ErrorCode::kNone, ErrorCode::kStale}}}};
}

std::vector<std::pair<const char*, ReplyBody>> OpsReplies() {
  StatusReport status;
  status.version = "0.1.0";
  status.up = absl::Hours(50);
  status.disk_low = true;
  status.holds = 61;
  status.workers = 62;
  status.destinations = {ADestination()};
  status.counts = {{kBilling, StateCode::kAwaiting, 63}};
  ShowResult show{Row(), "750000019", Kind::kCancellation, "text/x-b2",
                  64,    Hour(4, 5),  {AHold(65)},         {}};
  show.history = {{Hour(3, 4), CauseCode::kDeposited, std::nullopt, StateCode::kReady, 0,
                   OutcomeCode::kNone, 0, "", ""},
                  {Hour(3, 5), CauseCode::kReported, StateCode::kSending, StateCode::kDeferred, 1,
                   OutcomeCode::kDeferred, 4, "0f3c", "essai remis"}};
  return {{"status_report", status},
          {"shape_report", ShapeReport{{{kCare, {1, 2, 3, 4, 5, 6, 7, 8, 9}}}}},
          {"list_result", ListResult{{Row()}, {66}}},
          {"show_result", show},
          {"gate_result", GateResult{kBilling, Gate()}},
          {"holds_result", HoldsResult{{AHold(67), AHold(68)}}},
          {"act_result", ActResult{69, true, "3f9a", true}}};
}

// What came with the five operators. Younger samples stand behind the older ones, whose numbers
// are in their bytes.
Card ACard() { return {"0075300123", "MT", "94 3", "optics", absl::CivilDay(2024, 2, 17)}; }

std::vector<Problem> SomeProblems() {
  return {{"lines[2].lpp", "lpp.shape", Severity::kError, "LPP"},
          {"beneficiary.amc", "amc.luhn", Severity::kWarning, "Inter-AMC"}};
}

RequestStatus WithWords() {
  RequestStatus status = AStatus();
  status.why = WhyWaiting::kTechnical;
  status.follows = {902};
  status.said = {Decision::kAcknowledged, Decision::kPaidOtherAmount};
  return status;
}

std::vector<std::pair<const char*, CallBody>> YoungerCalls() {
  Deposit deposit;
  deposit.items.push_back({{kByCard, kCare.service},
                           "750000019",
                           "DEV-1",
                           Kind::kQuotation,
                           "application/x-protobuf",
                           "devis",
                           {71},
                           ACard()});
  Report report{{72}, Task::What::kDeliver, {}};
  report.items = {{{{73}, 1},
                   outcome::Accepted{absl::Minutes(5), Decision::kGrantedPendingDocuments,
                                     "application/xml", "<accord/>"}},
                  {{{74}, 2}, outcome::Deferred{Hindrance::kCredentials, {}, false, 75}}};
  const outcome::Accepted word{absl::Minutes(6), Decision::kPending, "text/plain", "reçue"};
  return {{"deposit_by_card", deposit},
          {"report_word", report},
          {"answer_word", Answer{{76}, word}},
          {"accounts", Accounts{{{{"optique-du-port"}, 77}, {{"cabinet-9"}, 78}}}}};
}

std::vector<std::pair<const char*, ReplyBody>> YoungerReplies() {
  Receipt receipt{{81}, Hour(1, 3), true, kBilling, {SomeProblems()[1]}};
  const Error invalid{ErrorCode::kInvalid, "items[1].content", SomeProblems()};
  InboxEntry entry{6,           {82},         kCare,     "PEC-2", Event::kNews, Decision::kPending,
                   Hour(9, 11), "text/plain", "en cours"};
  Task task = ATask(Task::What::kProbe);
  task.envelope.kind = Kind::kQuotation;
  task.envelope.follows = {83};
  task.envelope.card = ACard();
  ShowResult show{Row(), "750000019", Kind::kQuotation, "text/x-b2", 84, Hour(4, 6), {}, {}};
  show.row.status.said = {Decision::kBilled};
  show.history = {{Hour(3, 6), CauseCode::kRerouted, StateCode::kReady, StateCode::kWaiting, 0,
                   OutcomeCode::kNone, 0, "", ""}};
  show.card = ACard();
  Hold hold = AHold(85);
  hold.rule = HoldRule::kCredentials;
  hold.epoch = 86;
  return {{"deposit_result_problems", DepositResult{{receipt, invalid}}},
          {"withdraw_result_words", WithdrawResult{WithWords()}},
          {"inbox_result_news", InboxResult{{entry}, 87}},
          {"work_by_card", Work{{task}}},
          {"show_result_by_card", show},
          {"holds_result_rule", HoldsResult{{hold}}}};
}

}  // namespace

std::vector<SampleCall> Calls() {
  std::vector<SampleCall> calls;
  for (const auto& bodies :
       {PracticeCalls(), AdapterCalls(), OpsCalls(), YoungerCalls(), ReopeningCalls()}) {
    for (const auto& [name, body] : bodies) {
      calls.push_back({name, {0x1234500 + calls.size(), body}});
    }
  }
  return calls;
}

std::vector<SampleReply> Replies() {
  std::vector<SampleReply> replies;
  for (const auto& bodies :
       {PracticeReplies(), AdapterReplies(), OpsReplies(), YoungerReplies(), ReopeningReplies()}) {
    for (const auto& [name, body] : bodies) {
      replies.push_back({name, {0x5432100 + replies.size(), body}});
    }
  }
  return replies;
}

}  // namespace ecluse::samples
