// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/samples.h"

#include <utility>

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
  StatusReport status{"0.1.0", absl::Hours(50), true, 61, 62, {ADestination()}, {}};
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

}  // namespace

std::vector<SampleCall> Calls() {
  std::vector<SampleCall> calls;
  for (const auto& bodies : {PracticeCalls(), AdapterCalls(), OpsCalls()}) {
    for (const auto& [name, body] : bodies) {
      calls.push_back({name, {0x1234500 + calls.size(), body}});
    }
  }
  return calls;
}

std::vector<SampleReply> Replies() {
  std::vector<SampleReply> replies;
  for (const auto& bodies : {PracticeReplies(), AdapterReplies(), OpsReplies()}) {
    for (const auto& [name, body] : bodies) {
      replies.push_back({name, {0x5432100 + replies.size(), body}});
    }
  }
  return replies;
}

}  // namespace ecluse::samples
