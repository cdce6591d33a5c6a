// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/samples_reopening.h"

namespace ecluse::samples {
namespace {

using namespace wire;

const Destination kCare{{"almerys"}, {"authorisation"}};
const Destination kBilling{{"viamedis"}, {"billing"}};

absl::Time Hour(int day, int hour) {
  return absl::FromCivil(absl::CivilSecond(2024, 3, day, hour, 8, 7), absl::UTCTimeZone()) +
         absl::Milliseconds(day * 10 + hour);
}

GateState Gate() {
  GateState gate;
  gate.code = GateCode::kReclosed;
  gate.since = Hour(1, 10);
  gate.reason = "trop de refus";
  gate.announced = Hour(2, 13);
  gate.announced_by = "claire";
  gate.source = "lettre de l'opérateur, 9 février";
  gate.slips = 2;
  gate.paused_until = Hour(3, 11);
  gate.pauses = 4;
  gate.asks = true;
  gate.pace = {16'000, 24'000, 3};
  gate.mix = {41, 250, 37, 19};
  return gate;
}

ListRow Row() {
  ListRow row;
  row.practice = {"cabinet-9"};
  row.status.number = {903};
  row.status.destination = kBilling;
  row.status.state = StateCode::kWaiting;
  row.status.why = WhyWaiting::kCase;
  row.status.deposited_at = Hour(4, 5);
  row.status.due = Hour(14, 22);
  row.status.behind = {904};
  row.status.goes_in = absl::Minutes(47);
  return row;
}

RequestStatus Status() {
  RequestStatus status = Row().status;
  status.reference = "FAC-9";
  return status;
}

Filter AFilter() {
  Filter filter;
  filter.run_by = {"viamedis"};
  filter.states = {StateCode::kWaiting};
  filter.older_than = absl::Hours(5);
  filter.kinds = {Kind::kBill, Kind::kDocument};
  filter.waits = {Wait::kStrikes, Wait::kPayee};
  filter.younger_than = absl::Hours(700);
  filter.due_within = absl::Hours(72);
  filter.maybe_twice = true;
  filter.from = {905};
  filter.to = {906};
  return filter;
}

Scope AScope() {
  Scope scope;
  scope.practice = {"cabinet-9"};
  scope.kind = Kind::kBill;
  scope.deposited_from = Hour(5, 1);
  scope.deposited_until = Hour(6, 2);
  return scope;
}

Hold AHold() {
  Hold hold;
  hold.id = {907};
  hold.scope = AScope();
  hold.owner = "claire";
  hold.reason = "à vérifier";
  hold.since = Hour(7, 3);
  hold.rule = HoldRule::kQuarantine;
  hold.until = Hour(8, 4);
  return hold;
}

Job AJob() {
  Job job;
  job.id = {908};
  job.kind = JobKind::kReroute;
  job.state = JobState::kAsked;
  job.filter = AFilter();
  job.to = kBilling;
  job.by = "claire";
  job.second = "denis";
  job.reason = "portail fermé pour longtemps";
  job.since = Hour(9, 5);
  job.last = {909};
  job.at = {910};
  job.planned = 911;
  job.fingerprint = 0xFEDCBA9876543210;
  job.done = 912;
  job.failed = 913;
  return job;
}

std::vector<Problem> Found() {
  return {{"lines[1].tooth", "b2.tooth", Severity::kError, "viamedis profile"}};
}

std::vector<std::pair<const char*, CallBody>> AdapterCalls() {
  Report report{{921}, Task::What::kDeliver, {}, 922};
  outcome::Accepted accepted{absl::Minutes(7)};
  accepted.number = "NUM-23";
  report.items = {
      {{{923}, 1}, outcome::Answered{Decision::kGranted, "text/xml", "<ok/>", "PEC 2024/17"}},
      {{{924}, 2}, accepted}};
  return {{"begin_epoch", Begin{{925}, {{{926}, 2}}, 927}},
          {"report_number", report},
          {"checked", Checked{{928}, {{{929}, {930}, Found()}, {{931}, {932}, {}}}}},
          {"leave", Leave{{933}}},
          {"accounts_set_at", Accounts{{{{"cabinet-9"}, 934, Hour(10, 6)}}}}};
}

std::vector<std::pair<const char*, CallBody>> OpsCalls() {
  const std::string why = "réouverture";
  return {{"list_reopening", List{AFilter(), {941}, 77}},
          {"place_hold_fine", PlaceHold{AScope(), why, Hour(11, 7)}},
          {"place_hold_incident", PlaceHold{{OperatorId{"almerys"}, {}, {}, {}},
                                            why,
                                            Hour(12, 8),
                                            HoldRule::kIncident,
                                            Hour(13, 9)}},
          {"announce", Announce{kCare, Hour(12, 13), "lettre du 9 février", why}},
          {"announce_withdrawn", Announce{kCare, std::nullopt, "appel du support", why}},
          {"explain", Explain{{942}}},
          {"forecast", Forecast{kCare, {"cabinet-9"}}},
          {"doubts", Doubts{43}},
          {"read_content", ReadContent{{944}, why}},
          {"plan_job", PlanJob{JobKind::kReroute, AFilter(), kBilling, why}},
          {"act_on_job", ActOnJob{{945}, JobAct::kApprove, "5f00-12", why}},
          {"jobs", Jobs{{946}}},
          {"findings", Findings{{947}, {948}}},
          {"fetch", Fetch{{949}, {950}}},
          {"handed_over", HandedOver{{951}, {{952}, {953}}, "remise-3.zip sha256 00ff"}},
          {"backup", Backup{"avant-reouverture", why}}};
}

std::vector<std::pair<const char*, ReplyBody>> OlderReplies() {
  InboxEntry entry;
  entry.position = 7;
  entry.request = {961};
  entry.destination = kBilling;
  entry.reference = "FAC-10";
  entry.event = Event::kAsked;
  entry.at = Hour(14, 10);
  entry.why = WhyWaiting::kDecide;
  DestinationStatus destination{kCare, Gate(), true, 962, 963, 964};
  destination.served = false;
  destination.password = true;
  destination.opens_in = absl::Minutes(95);
  destination.empty_in = absl::Hours(31);
  StatusReport status;
  status.version = "0.4.0";
  status.epoch = 965;
  status.alarms = 966;
  ShowResult show{Row(), "750000019", Kind::kBill, "text/x-b2", 967, Hour(15, 11), {AHold()}, {}};
  show.history = {{Hour(3, 6), CauseCode::kShown, StateCode::kInDoubt, StateCode::kInDoubt, 1,
                   OutcomeCode::kNone, 0, "denis", "pour vérifier"}};
  show.deposited_to = kCare;
  show.wait = Wait::kCase;
  show.number = "NUM-68";
  show.grant = "PEC-69";
  show.maybe_twice = true;
  return {{"inbox_result_asked", InboxResult{{entry}, 968}},
          {"operators_result_reopening", OperatorsResult{{destination}}},
          {"status_report_epoch", status},
          {"shape_report_due", ShapeReport{{{kCare, {9, 8, 7, 6, 5, 4, 3, 2, 1}, 969}}}},
          {"show_result_case", show},
          {"gate_result_ramp", GateResult{kBilling, Gate()}},
          {"holds_result_fine", HoldsResult{{AHold()}}}};
}

Task ATask(Task::What what) {
  Task task;
  task.what = what;
  task.envelope = {{971},       {"cabinet-9"}, "2A0123456", kBilling,      "FAC 11",
                   Kind::kBill, "text/x-b2",   3,           std::string(), Hour(7, 8)};
  task.envelope.case_of = {972};
  task.envelope.due = Hour(16, 12);
  task.envelope.deposited_to = kCare;
  task.attempt = 5;
  task.lease = absl::Seconds(28);
  task.grant = "PEC-73";
  if (what == Task::What::kDryRun) task.job = {974};
  task.content = what == Task::What::kDryRun ? "dry" : "b2!";
  return task;
}

std::vector<std::pair<const char*, ReplyBody>> NewReplies() {
  ForecastResult forecast{kCare,        981, 982, true, absl::Minutes(83), absl::Hours(84), {},
                          /*more=*/true};
  forecast.rows = {{{"cabinet-9"}, 985, absl::Minutes(86), 87, false},
                   {{"optique-du-port"}, 988, std::nullopt, 0, true}};
  FetchResult::Row row{{991},       {"cabinet-9"}, "750000019",  kBilling, "FAC-12",
                       Kind::kBill, "text/x-b2",   Hour(17, 13), "b2?"};
  FetchResult::Row next = row;
  next.request = {992};
  next.content = "b2.";
  return {{"work_dry_run", Work{{ATask(Task::What::kDryRun), ATask(Task::What::kDeliver)}, 975}},
          {"said_result", SaidResult{{Status(), Error{ErrorCode::kNotAsked, "receipts[1]"}}}},
          {"explanation", Explanation{Row(),
                                      Gate(),
                                      {AHold()},
                                      {WhyWaiting::kRestored, WhyWaiting::kUnserved},
                                      absl::Minutes(76),
                                      977}},
          {"forecast_result", forecast},
          {"content_result", ContentResult{{993}, "text/x-b2", std::string("b2\0!", 4)}},
          {"jobs_result", JobsResult{{{AJob(), "5f00-12"}}}},
          {"findings_result", FindingsResult{{{{994}, Found()}, {{995}, {}}}, {996}}},
          {"fetch_result", FetchResult{{row, next}, {997}}},
          {"backup_result", BackupResult{"/var/lib/ecluse/copies/avant", {998}}}};
}

}  // namespace

std::vector<std::pair<const char*, CallBody>> ReopeningCalls() {
  std::vector<std::pair<const char*, CallBody>> calls = {
      {"confirm", Confirm{{{901}, {902}}}},
      {"decide", Decide{{903}, "PEC 2024-18"}},
      {"sent_elsewhere", SentElsewhere{{904}, "par téléphone, le 13 à 10 h", "TEL-5"}}};
  for (const auto& more : {AdapterCalls(), OpsCalls()}) {
    calls.insert(calls.end(), more.begin(), more.end());
  }
  return calls;
}

std::vector<std::pair<const char*, ReplyBody>> ReopeningReplies() {
  auto replies = OlderReplies();
  for (const auto& reply : NewReplies()) replies.push_back(reply);
  return replies;
}

}  // namespace ecluse::samples
