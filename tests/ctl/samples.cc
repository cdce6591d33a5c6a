// SPDX-License-Identifier: Apache-2.0
#include "tests/ctl/samples.h"

namespace ecluse::ctl::sample {
namespace {

GateState Closed() {
  GateState gate;
  gate.code = GateCode::kClosed;
  gate.since = Now() - absl::Hours(66);
  gate.by = "camille";
  gate.reason = "portail fermé par l'opérateur";
  gate.announced = Now() + absl::Hours(106);
  gate.announced_by = "camille";
  gate.source = "letter of the operator, 7 February";
  gate.slips = 1;
  gate.allowance = 50;
  return gate;
}

GateState Reclosed() {
  GateState gate;
  gate.code = GateCode::kReclosed;
  gate.since = Now() - absl::Minutes(3);
  gate.asks = true;
  gate.reason = "refusals above their usual share";
  gate.pace = {4500, 6000, 1};
  gate.mix = {80, 400, 25, 13};
  return gate;
}

GateState Paused() {
  GateState gate;
  gate.since = Now() - absl::Hours(1000);
  gate.paused_until = Now() + absl::Seconds(90);
  return gate;
}

wire::ListRow Row(uint64_t number, StateCode state, wire::WhyWaiting why) {
  wire::ListRow row;
  row.status.number = RequestId{number};
  row.status.destination = Authorisation();
  row.status.state = state;
  row.status.why = why;
  row.status.deposited_at = Now() - absl::Hours(70) + absl::Minutes(static_cast<int64_t>(number));
  row.status.attempts = state == StateCode::kInDoubt ? 2 : 0;
  row.practice = {"optique-du-canal"};
  return row;
}

}  // namespace

absl::Time Now() { return absl::FromUnixSeconds(1'707'357'600); }

View English() {
  View view;
  if (!absl::LoadTimeZone("Europe/Paris", &view.zone)) view.zone = absl::UTCTimeZone();
  view.now = Now();
  return view;
}

View French() {
  View view = English();
  view.french = true;
  return view;
}

Destination Authorisation() { return {{"viamedis"}, {"authorisation"}}; }
Destination Billing() { return {{"almerys"}, {"billing"}}; }

wire::StatusReport Status() {
  wire::StatusReport report;
  report.version = "0.1.0";
  report.up = absl::Hours(80) + absl::Minutes(4);
  report.holds = 2;
  report.epoch = 1;
  report.alarms = 2;
  report.destinations = {
      {Billing(), Paused(), /*held=*/true, /*waiting=*/12, /*before=*/0, /*in_flight=*/3},
      {Authorisation(), Closed(), /*held=*/false, /*waiting=*/7012, /*before=*/0,
       /*in_flight=*/0},
      {Destination{{"carte-blanche"}, {"billing"}}, Reclosed(), false, 40, 0, 0}};
  report.destinations[1].opens_in = absl::Hours(106) + absl::Seconds(210);
  report.destinations[2].served = false;
  report.counts = {{Billing(), StateCode::kReady, 12},
                   {Billing(), StateCode::kSending, 3},
                   {Billing(), StateCode::kSettled, 1'234'567},
                   {Authorisation(), StateCode::kReady, 7012},
                   {Authorisation(), StateCode::kInDoubt, 4}};
  return report;
}

wire::ShapeReport Shape() {
  return {{{Billing(), {12, 3, 0, 0, 0, 0, 0, 0, 0}, 4, false},
           {Authorisation(), {0, 210, 950, 1804, 2100, 1952, 0, 0, 1}, 61, true}}};
}

wire::ListResult List() {
  return {{Row(7, StateCode::kInDoubt, wire::WhyWaiting::kPerson),
           Row(1042, StateCode::kReady, wire::WhyWaiting::kGateClosed),
           Row(1043, StateCode::kWaiting, wire::WhyWaiting::kHeld)},
          RequestId{1043}};
}

wire::ShowResult Shown() {
  wire::ShowResult shown;
  shown.row = Row(7, StateCode::kInDoubt, wire::WhyWaiting::kProbe);
  shown.finess = "750000001";
  shown.kind = Kind::kAuthorisation;
  shown.format = "application/xml";
  shown.content_bytes = 1536;
  shown.next_at = Now() + absl::Minutes(4);
  shown.holds = Holds().holds;
  shown.card = Card{"0075300123", "MT", "94 3", "optics", absl::CivilDay(2024, 2, 5)};
  shown.row.status.follows = RequestId{3};
  shown.row.status.due = Now() + absl::Hours(30);
  shown.number = "PEC-778";
  shown.grant = "PEC-777";
  shown.maybe_twice = true;
  shown.deposited_to = Billing();
  shown.row.status.said = {Decision::kAcknowledged, Decision::kPending};
  const absl::Time start = shown.row.status.deposited_at;
  const auto at = [&](int64_t seconds) { return start + absl::Seconds(seconds); };
  using S = StateCode;
  using C = CauseCode;
  shown.history = {
      {at(0), C::kDeposited, std::nullopt, S::kReady, 0, OutcomeCode::kNone, 0, "", ""},
      {at(1), C::kGranted, S::kReady, S::kLeased, 1, OutcomeCode::kNone, 0, "77", ""},
      {at(2), C::kBegun, S::kLeased, S::kSending, 1, OutcomeCode::kNone, 0, "77", ""},
      {at(3), C::kReported, S::kSending, S::kDeferred, 1, OutcomeCode::kDeferred, 3, "77", ""},
      {at(500), C::kRerouted, S::kDeferred, S::kWaiting, 0, OutcomeCode::kNone, 0, "", ""},
      {at(550), C::kAnswered, S::kAwaiting, S::kAwaiting, 1, OutcomeCode::kAccepted, 4, "", ""},
      {at(600), C::kRetryDue, S::kDeferred, S::kReady, 0, OutcomeCode::kNone, 0, "", ""},
      {at(602), C::kBegun, S::kLeased, S::kSending, 2, OutcomeCode::kNone, 0, "78", ""},
      {at(722), C::kLapsed, S::kSending, S::kInDoubt, 2, OutcomeCode::kNone, 0, "", ""},
      {at(900), C::kRemark, S::kInDoubt, S::kInDoubt, 0, OutcomeCode::kNone, 0, "camille",
       "vu avec\nl'opérateur"}};
  return shown;
}

wire::HoldsResult Holds() {
  Hold one{HoldId{3}, {}, "camille", "mot de passe à changer", Now() - absl::Hours(2)};
  one.scope.run_by = OperatorId{"viamedis"};
  one.scope.practice = PracticeId{"optique-du-canal"};
  Hold other{HoldId{4}, {}, "dominique", "stop", Now() - absl::Hours(1)};
  Hold rule{HoldId{5},
            one.scope,
            "rule/credentials",
            "login refused",
            Now() - absl::Minutes(5),
            HoldRule::kCredentials,
            7};
  return {{one, other, rule}};
}

wire::Explanation Explained() {
  wire::Explanation explained;
  explained.row = Row(1042, StateCode::kReady, wire::WhyWaiting::kHeld);
  explained.row.status.before = 811;
  explained.gate = Closed();
  explained.holds = Holds().holds;
  explained.reasons = {wire::WhyWaiting::kHeld, wire::WhyWaiting::kGateClosed,
                       wire::WhyWaiting::kTurn};
  explained.rate_milli = 2500;
  return explained;
}

wire::ForecastResult Forecast() {
  wire::ForecastResult forecast;
  forecast.destination = Authorisation();
  forecast.waiting = 7012;
  forecast.rate_milli = 500;
  forecast.opens_in = absl::Hours(106);
  forecast.empty_in = absl::Hours(110);
  forecast.rows = {{{"optique-du-canal"}, 6800, absl::Hours(110), 1203, false},
                   {{"pharmacie-du-port"}, 212, std::nullopt, 0, true}};
  return forecast;
}

wire::JobsResult::Row Job(JobKind kind, JobState state) {
  ecluse::Job job;
  job.id = JobId{31};
  job.kind = kind;
  job.state = state;
  job.filter.run_by = OperatorId{"viamedis"};
  job.filter.kinds = {Kind::kBill};
  job.filter.due_within = absl::Hours(48);
  job.by = "camille";
  job.reason = "sent on paper before the date";
  job.since = Now() - absl::Minutes(2);
  job.planned = 1312;
  return {job, state == JobState::kPlanned || state == JobState::kAsked ? "k3v9" : ""};
}

wire::FindingsResult Findings() {
  return {{{RequestId{7}, {{"lines[2].lpp", "lpp.shape", Severity::kError, "LPP"}}},
           {RequestId{9}, {{"", "template.gone", Severity::kError, "portal"}}}},
          {}};
}

wire::GateResult Gate() { return {Authorisation(), Closed()}; }

}  // namespace ecluse::ctl::sample
