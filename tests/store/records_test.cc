// SPDX-License-Identifier: Apache-2.0
// The records of format 1, and what all records share.
#include "store/records.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "store/crc32c.h"
#include "tests/store/golden.h"

namespace ecluse::store::record {
namespace {

TEST(RecordsGolden, Envelope) {
  Envelope envelope;
  envelope.practice = {"pharmacie-du-port"};
  envelope.finess = "750000001";
  envelope.destination = {{"viamedis"}, {"billing"}};
  envelope.kind = Kind::kBill;
  envelope.format = "application/x-b2";
  envelope.content_bytes = 1536;
  envelope.digest = "0123456789abcdef";
  envelope.deposited_at = At(1);
  std::string bytes;
  Encode(envelope, "sealed", bytes);
  ExpectGolden("envelope", bytes);
  Envelope read;
  std::string sealed;
  ASSERT_TRUE(Decode(bytes, read, sealed).ok());
  EXPECT_EQ(read, envelope);
  EXPECT_EQ(sealed, "sealed");
}

TEST(RecordsGolden, EnvelopeWithACard) {
  Envelope envelope;
  envelope.practice = {"pharmacie-du-port"};
  envelope.finess = "750000001";
  envelope.destination = {{"viamedis"}, {"authorisation"}};
  envelope.kind = Kind::kQuotation;
  envelope.format = "application/xml";
  envelope.content_bytes = 1536;
  envelope.digest = "0123456789abcdef";
  envelope.deposited_at = At(1);
  envelope.follows = {77};
  envelope.card = Card{"0075300123", "MT", "94 3", "optics", absl::CivilDay(2024, 1, 31)};
  std::string bytes;
  Encode(envelope, "sealed", bytes);
  ExpectGolden("envelope_card", bytes);
  Envelope read;
  std::string sealed;
  ASSERT_TRUE(Decode(bytes, read, sealed).ok());
  EXPECT_EQ(read, envelope);
}

TEST(RecordsGolden, States) {
  const std::vector<std::pair<std::string, State>> states = {
      {"ready", state::Ready{{1, 2}}},
      {"waiting", state::Waiting{{1, 2}, Wait::kDamaged}},
      {"leased", state::Leased{{1, 2}, {3}, At(4)}},
      {"sending", state::Sending{{1, 2}, {3}, At(4)}},
      {"deferred", state::Deferred{{1, 2}, At(4)}},
      {"in_doubt", state::InDoubt{{1, 2}, 5, absl::InfiniteFuture()}},
      {"awaiting", state::Awaiting{{1, 2}, 5, At(4)}},
      {"settled", state::Settled{{1, 2}}},
      {"rejected", state::Rejected{{1, 2}}},
      {"withdrawn", state::Withdrawn{{1, 2}}},
      {"said", state::Awaiting{{1, 2, 0x20C, true}, 5, At(4)}},
      {"technical", state::Waiting{{1, 2}, Wait::kTechnical}},
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

TEST(RecordsGolden, JournalEntry) {
  JournalEntry entry{At(1),
                     CauseCode::kResolved,
                     StateCode::kInDoubt,
                     StateCode::kAwaiting,
                     3,
                     OutcomeCode::kDeferred,
                     4,
                     "claire",
                     ""};
  std::string bytes;
  Encode(entry, "sealed", bytes);
  ExpectGolden("entry", bytes);
  JournalEntry read;
  std::string sealed;
  ASSERT_TRUE(Decode(bytes, read, sealed).ok());
  EXPECT_EQ(read, entry);
  EXPECT_EQ(sealed, "sealed");
}

TEST(RecordsGolden, Answer) {
  wire::InboxEntry entry;
  entry.request = {12};
  entry.destination = {{"viamedis"}, {"billing"}};
  entry.event = wire::Event::kRejected;
  entry.decision = Decision::kRefused;
  entry.at = At(1);
  entry.format = "text/plain";
  std::string bytes;
  Encode(entry, SealedAnswer{"sealed reference", "sealed body"}, bytes);
  ExpectGolden("answer", bytes);
  wire::InboxEntry read;
  SealedAnswer sealed;
  ASSERT_TRUE(Decode(bytes, read, sealed).ok());
  EXPECT_EQ(read, entry);
  EXPECT_EQ(sealed.body, "sealed body");
}

TEST(RecordsGolden, GateAndHold) {
  GateState gate;
  gate.code = GateCode::kClosed;
  gate.since = At(1);
  gate.by = "claire";
  gate.pauses = 2;
  gate.allowance = 10;
  std::string bytes;
  Encode(gate, SealedGate{"sealed", ""}, bytes);
  ExpectGolden("gate", bytes);
  GateState read_gate;
  SealedGate sealed_gate;
  ASSERT_TRUE(Decode(bytes, read_gate, sealed_gate).ok());
  std::string sealed;
  EXPECT_EQ(read_gate, gate);

  Hold hold{{0},
            {OperatorId{"viamedis"}, ServiceId{"billing"}, std::nullopt, std::nullopt},
            "claire",
            "",
            At(1)};
  Encode(hold, "sealed", bytes);
  ExpectGolden("hold", bytes);
  Hold read_hold;
  ASSERT_TRUE(Decode(bytes, read_hold, sealed).ok());
  EXPECT_EQ(read_hold, hold);
}

TEST(RecordsGolden, HoldOfARule) {
  Hold hold{{0},
            {OperatorId{"viamedis"}, std::nullopt, PracticeId{"pharmacie-du-port"}, std::nullopt},
            "rule/credentials",
            "",
            At(1),
            HoldRule::kCredentials,
            5};
  std::string bytes;
  Encode(hold, "sealed", bytes);
  ExpectGolden("hold_rule", bytes);
  Hold read;
  std::string sealed;
  ASSERT_TRUE(Decode(bytes, read, sealed).ok());
  EXPECT_EQ(read, hold);
}

// The bytes of records as they were before there were cards, words and rules of holds.
TEST(RecordsGolden, OlderRecordsAreStillRead) {
  std::string sealed;
  Envelope envelope;
  envelope.follows = {9};
  envelope.card.emplace();
  ASSERT_TRUE(Decode(Kept("envelope"), envelope, sealed).ok());
  EXPECT_EQ(envelope.reference, "");
  EXPECT_EQ(envelope.follows, RequestId{0});
  EXPECT_EQ(envelope.card, std::nullopt);
  EXPECT_EQ(envelope.Key().destination, envelope.destination);
  State state;
  ASSERT_TRUE(Decode(Kept("state_awaiting"), state).ok());
  EXPECT_EQ(TriesOf(state), (Tries{1, 2, 0, false}));
  Hold hold;
  hold.rule = HoldRule::kCredentials;
  hold.epoch = 9;
  ASSERT_TRUE(Decode(Kept("hold"), hold, sealed).ok());
  EXPECT_EQ(hold.rule, HoldRule::kPerson);
  EXPECT_EQ(hold.epoch, 0U);
}

TEST(RecordsGolden, WordsOnTheWayAndReroutingsAreRead) {
  wire::InboxEntry entry;
  entry.event = wire::Event::kNews;
  entry.decision = Decision::kBilled;
  std::string bytes;
  Encode(entry, SealedAnswer{"sealed reference", "sealed body"}, bytes);
  wire::InboxEntry read;
  SealedAnswer answer;
  EXPECT_TRUE(Decode(bytes, read, answer).ok());
  entry.decision = static_cast<Decision>(16);
  Encode(entry, answer, bytes);
  EXPECT_FALSE(Decode(bytes, read, answer).ok());

  JournalEntry journal{At(1),
                       CauseCode::kRerouted,
                       StateCode::kReady,
                       StateCode::kWaiting,
                       0,
                       OutcomeCode::kNone,
                       0,
                       "",
                       ""};
  Encode(journal, "", bytes);
  JournalEntry told;
  std::string sealed;
  EXPECT_TRUE(Decode(bytes, told, sealed).ok());
  EXPECT_EQ(told, journal);
}

TEST(RecordsGolden, NumbersMarksAndKeys) {
  std::string bytes;
  Encode(Numbers{7, 8, 9}, bytes);
  ExpectGolden("numbers", bytes);
  Encode(InboxMark{{}, 9, 4}, bytes);
  ExpectGolden("mark", bytes);
  Encode(uint64_t{500'000}, bytes);
  ExpectGolden("number", bytes);
  Encode(WrappedKey{{"pharmacie-du-port"}, "wrapped"}, bytes);
  ExpectGolden("key", bytes);
  Head first;
  first.format = 1;
  first.store = "0123456789abcdef";
  first.master_key = "01234567";
  Encode(first, bytes);
  ExpectGolden("head", bytes);
  Head head;
  ASSERT_TRUE(Decode(bytes, head).ok());
  EXPECT_EQ(head.store, "0123456789abcdef");
}

TEST(Records, ChangedByteIsRefused) {
  std::string bytes;
  Encode(State(state::Leased{{1, 2}, {3}, At(4)}), bytes);
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    State state;
    EXPECT_FALSE(Decode(changed, state).ok()) << "byte " << i;
  }
  State state;
  EXPECT_FALSE(Decode(bytes.substr(1), state).ok());
  EXPECT_FALSE(Decode("", state).ok());
}

TEST(Records, UnknownVersionIsRefusedInWords) {
  std::string bytes;
  BeginFrame(bytes);
  bytes[0] = 2;
  EndFrame(bytes);
  std::string_view body;
  EXPECT_EQ(Unframe(bytes, body).message(), "the record has version 2, unknown here");
}

TEST(Records, TimesKeepMicrosecondsAndBothInfinities) {
  for (const absl::Time time :
       {absl::InfiniteFuture(), absl::InfinitePast(), absl::FromUnixMicros(1'706'742'000'123'456),
        absl::UnixEpoch() - absl::Seconds(3)}) {
    EXPECT_EQ(FromMicros(ToMicros(time)), time);
  }
}

}  // namespace
}  // namespace ecluse::store::record
