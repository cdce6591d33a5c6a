// SPDX-License-Identifier: Apache-2.0
// The records and fields that came with format 2.
#include <gtest/gtest.h>

#include <vector>

#include "store/records.h"
#include "tests/store/golden.h"

namespace ecluse::store::record {
namespace {

TEST(RecordsGolden, EnvelopeOfACase) {
  Envelope envelope;
  envelope.practice = {"pharmacie-du-port"};
  envelope.destination = {{"almerys"}, {"billing"}};
  envelope.kind = Kind::kBill;
  envelope.deposited_at = At(1);
  envelope.follows = {77};
  envelope.case_of = {70};
  envelope.due = At(86'400);
  envelope.share = Share::kBacklog;
  envelope.payee = "fedcba9876543210";
  envelope.deposited_to = Destination{{"viamedis"}, {"billing"}};
  std::string bytes;
  Encode(envelope, "sealed", bytes);
  ExpectGolden("envelope_case", bytes);
  Envelope read;
  std::string sealed;
  ASSERT_TRUE(Decode(bytes, read, sealed).ok());
  EXPECT_EQ(read, envelope);
}

TEST(RecordsGolden, StatesOfTheReopening) {
  Tries tries{1, 2, 0x20C, true};
  tries.number = "PEC-0001";
  tries.grant = "PEC-0000";
  tries.confirmed_at = At(9);
  tries.leads = tries.payee_seen = tries.cleared = tries.maybe_twice = true;
  tries.epoch = 1'525'000;
  tries.decided = 3;
  const std::vector<std::pair<std::string, State>> states = {
      {"full", state::InDoubt{tries, 5, At(4)}},
      {"export", state::Waiting{{1, 2}, Wait::kExport, {12}}},
      {"quarantine", state::Waiting{{1, 2}, Wait::kQuarantine}},
      {"elsewhere", state::Elsewhere{{1, 2}}},
      {"destroyed", state::Destroyed{{1, 2}}},
      {"returned", state::Returned{{1, 2}}},
  };
  for (const auto& [name, state] : states) {
    std::string bytes;
    Encode(state, bytes);
    ExpectGolden("state_" + name, bytes);
    State read;
    ASSERT_TRUE(Decode(bytes, read).ok());
    EXPECT_EQ(read, state) << name;
  }
}

TEST(RecordsGolden, GateThatReopens) {
  GateState gate;
  gate.code = GateCode::kReclosed;
  gate.since = At(1);
  gate.announced = At(7200);
  gate.announced_by = "claire";
  gate.paused_until = At(60);
  gate.slips = 2;
  gate.asks = true;
  gate.pace = {12'000, 20'000, 3};
  gate.mix = {50, 400, 30, 12};
  std::string bytes;
  Encode(gate, SealedGate{"sealed reason", "sealed source"}, bytes);
  ExpectGolden("gate_reopening", bytes);
  GateState read;
  SealedGate sealed;
  ASSERT_TRUE(Decode(bytes, read, sealed).ok());
  EXPECT_EQ(read, gate);
  EXPECT_EQ(sealed.reason, "sealed reason");
  EXPECT_EQ(sealed.source, "sealed source");
}

TEST(RecordsGolden, FineHold) {
  Hold hold;
  hold.scope.practice = PracticeId{"pharmacie-du-port"};
  hold.scope.kind = Kind::kBill;
  hold.scope.deposited_from = At(0);
  hold.scope.deposited_until = At(3600);
  hold.owner = "claire";
  hold.since = At(1);
  hold.rule = HoldRule::kQuarantine;
  hold.until = At(7200);
  std::string bytes;
  Encode(hold, "sealed", bytes);
  ExpectGolden("hold_fine", bytes);
  Hold read;
  std::string sealed;
  ASSERT_TRUE(Decode(bytes, read, sealed).ok());
  EXPECT_EQ(read, hold);
}

TEST(RecordsGolden, Job) {
  Job job;
  job.kind = JobKind::kReroute;
  job.state = JobState::kPaused;
  job.filter.run_by = OperatorId{"viamedis"};
  job.filter.practice = PracticeId{"pharmacie-du-port"};
  job.filter.states = {StateCode::kReady, StateCode::kWaiting};
  job.filter.older_than = absl::Hours(5);
  job.filter.kinds = {Kind::kBill};
  job.filter.waits = {Wait::kConfirm};
  job.filter.due_within = absl::Hours(48);
  job.filter.maybe_twice = true;
  job.filter.to = {900};
  job.to = Destination{{"almerys"}, {"billing"}};
  job.by = "claire";
  job.second = "paul";
  job.since = At(1);
  job.last = {1000};
  job.at = {500};
  job.planned = 40;
  job.fingerprint = 0x0123456789abcdef;
  job.done = 20;
  job.failed = 1;
  std::string bytes;
  Encode(job, "sealed", bytes);
  ExpectGolden("job", bytes);
  ecluse::Job read;
  std::string sealed;
  ASSERT_TRUE(Decode(bytes, read, sealed).ok());
  EXPECT_EQ(read, job);
  EXPECT_EQ(sealed, "sealed");
}

TEST(RecordsGolden, AccountPayeeQuestionAndHead) {
  std::string bytes;
  Account account{{}, {}, 4, At(5), true};
  Encode(account, bytes);
  ExpectGolden("account", bytes);
  Account read;
  ASSERT_TRUE(Decode(bytes, read).ok());
  EXPECT_EQ(read, account);

  Encode(Payee{{}, "fedcba9876543210"}, bytes);
  ExpectGolden("payee", bytes);
  Payee payee;
  ASSERT_TRUE(Decode(bytes, payee).ok());
  EXPECT_EQ(payee.digest, "fedcba9876543210");

  wire::InboxEntry asked;
  asked.request = {12};
  asked.event = wire::Event::kAsked;
  asked.why = wire::WhyWaiting::kConfirm;
  asked.at = At(1);
  Encode(asked, SealedAnswer{"sealed reference", "sealed body"}, bytes);
  ExpectGolden("answer_asked", bytes);
  wire::InboxEntry question;
  SealedAnswer sealed;
  ASSERT_TRUE(Decode(bytes, question, sealed).ok());
  EXPECT_EQ(question, asked);

  Head head;
  head.format = 2;
  head.store = "0123456789abcdef";
  head.master_key = "01234567";
  head.epoch = 1'525'000;
  head.noted_epoch = 7;
  head.place = "a place as hash.";
  head.machine = "a machine's hash";
  head.restored = true;
  Encode(head, bytes);
  ExpectGolden("head_epoch", bytes);
  Head again;
  ASSERT_TRUE(Decode(bytes, again).ok());
  EXPECT_EQ(again.epoch, head.epoch);
  EXPECT_EQ(again.noted_epoch, head.noted_epoch);
  EXPECT_EQ(again.machine, head.machine);
  EXPECT_TRUE(again.restored);
}

}  // namespace
}  // namespace ecluse::store::record
