// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/rules.h"

#include <gtest/gtest.h>

namespace ecluse::story {
namespace {

const OperatorId kHere = {"here"};
const Destination kThere = {kHere, {"authorisation"}};

// A granted authorisation (1) and, after it, its bill (2) and a cancellation (3), as they should
// come; each test spoils one thing.
class CasesTest : public testing::Test {
 protected:
  CasesTest() {
    Keep(1, Kind::kAuthorisation, 0);
    Keep(2, Kind::kBill, 1);
    Keep(3, Kind::kCancellation, 1);
    Note& authorisation = notebook_.notes[0];
    authorisation.number = "OP1";
    authorisation.decision = Decision::kGranted;
    for (uint64_t number : {1, 2, 3}) Accept(number);
    witness_.accepted[1].about = "OP1";
    witness_.accepted[1].about_was = "granted";
  }
  void Keep(uint64_t number, Kind kind, uint64_t follows) {
    patients::Request& request = requests_.emplace_back();
    request.item.kind = kind;
    request.item.follows = {follows};
    Note note;
    note.request = &request;
    note.receipt = {number};
    notebook_.notes.push_back(note);
  }
  void Accept(uint64_t number) {
    Acceptance acceptance;
    acceptance.key = "optique-1-" + std::to_string(number);
    witness_.accepted.push_back(acceptance);
  }
  std::vector<std::string> Check() const { return CheckCases({notebook_}, {{kHere, witness_}}); }

  std::deque<patients::Request> requests_;
  Notebook notebook_ = {.practice = {"optique-1"}, .notes = {}};
  Witness witness_;
};

TEST_F(CasesTest, InOrderAndWithItsNumberIsFine) { EXPECT_TRUE(Check().empty()); }

TEST_F(CasesTest, WhatComesBeforeItsFirstIsNoticed) {
  std::swap(witness_.accepted[0], witness_.accepted[1]);
  EXPECT_EQ(Check().size(), 1u);
}

TEST_F(CasesTest, WhatOvertakesWithinItsCaseIsNoticed) {
  std::swap(witness_.accepted[1], witness_.accepted[2]);
  EXPECT_EQ(Check().size(), 1u);
}

TEST_F(CasesTest, ABillWithoutItsNumberIsNoticed) {
  witness_.accepted[1].about = "optique-1-1";
  EXPECT_EQ(Check().size(), 1u);
}

TEST_F(CasesTest, ABillBeforeItsGrantIsNoticed) {
  witness_.accepted[1].about_was = "open";
  EXPECT_EQ(Check().size(), 1u);
}

TEST_F(CasesTest, ABillOfARefusedAuthorisationMustComeBack) {
  notebook_.notes[0].decision = Decision::kRefused;
  witness_.accepted.erase(witness_.accepted.begin() + 1);
  EXPECT_EQ(Check().size(), 1u);
  notebook_.notes[1].returned = true;
  EXPECT_TRUE(Check().empty());
}

TEST_F(CasesTest, ABillThatComesBackThoughItWasGrantedIsNoticed) {
  witness_.accepted.erase(witness_.accepted.begin() + 1);
  notebook_.notes[1].returned = true;
  EXPECT_EQ(Check().size(), 1u);
}

TEST(CeilingsTest, OneMoreThanTheCeilingIsNoticed) {
  Witness witness;
  Acceptance& acceptance = witness.accepted.emplace_back();
  acceptance.service = "authorisation";
  acceptance.at_once = 8;
  EXPECT_TRUE(CheckCeilings({{kHere, witness}}, {{kThere, 8}}).empty());
  witness.accepted[0].at_once = 9;
  EXPECT_EQ(CheckCeilings({{kHere, witness}}, {{kThere, 8}}).size(), 1u);
}

TEST(PasswordsTest, WhatGoesBeforeTheNewPasswordIsNoticed) {
  const absl::Time since = absl::FromUnixMillis(1'000) + absl::Microseconds(300);
  const NewPassword password = {kHere, {"optique-1"}, since, 1};
  Witness witness;
  Acceptance& acceptance = witness.accepted.emplace_back();
  acceptance.practice = "optique-1";
  acceptance.at = absl::FromUnixMillis(1'000);
  EXPECT_TRUE(CheckPasswords({{kHere, witness}}, {password}).empty());
  witness.accepted[0].at = absl::FromUnixMillis(999);
  EXPECT_EQ(CheckPasswords({{kHere, witness}}, {password}).size(), 1u);
}

TEST(PasswordsTest, APasswordThatNothingWaitedForIsNoticed) {
  EXPECT_EQ(CheckPasswords({}, {{kHere, {"optique-1"}, absl::UnixEpoch(), 0}}).size(), 1u);
}

TEST(PasswordsTest, AnOldPasswordThatIsTriedIsNoticed) {
  const NewPassword password = {kHere, {"optique-1"}, absl::UnixEpoch(), 1, true};
  EXPECT_EQ(CheckPasswords({}, {password}).size(), 1u);
}

TEST(ReclosingTest, AGateThatRisesAgainIsFine) {
  const GateLog log = {{kThere, GateCode::kRamping},
                       {kThere, GateCode::kReclosed},
                       {kThere, GateCode::kCanary},
                       {kThere, GateCode::kRamping}};
  EXPECT_TRUE(CheckReclosing(log, kThere).empty());
  EXPECT_EQ(TimesReclosed(log, kThere), 1u);
}

TEST(ReclosingTest, AGateThatStaysOpenOverAFallIsNoticed) {
  EXPECT_EQ(CheckReclosing({{kThere, GateCode::kOpen}}, kThere).size(), 1u);
}

TEST(ReclosingTest, AGateThatStaysClosedIsNoticed) {
  const GateLog log = {{kThere, GateCode::kRamping}, {kThere, GateCode::kReclosed}};
  EXPECT_EQ(CheckReclosing(log, kThere).size(), 1u);
}

}  // namespace
}  // namespace ecluse::story
