// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/books.h"

#include <gtest/gtest.h>

namespace ecluse::story {
namespace {

// Two requests of one practice, settled as they should be; each test spoils one thing.
class BooksTest : public testing::Test {
 protected:
  BooksTest() {
    request_.item.content = "abc";
    for (uint64_t number : {1, 2}) {
      Note note;
      note.request = &request_;
      note.receipt = {number};
      note.destination = {kHere, {"authorisation"}};
      note.answers = 1;
      notebook_.notes.push_back(note);
      wire::ListRow row;
      row.status.number = {number};
      row.status.state = StateCode::kSettled;
      row.practice = notebook_.practice;
      rows_.push_back(row);
      Accept("optique-1-" + std::to_string(number));
    }
  }
  void Accept(const std::string& key, std::string sha256 = kShaOfAbc) {
    Acceptance acceptance;
    acceptance.key = key;
    acceptance.sha256 = std::move(sha256);
    witness_.accepted.push_back(acceptance);
    ++witness_.by_key[key];
  }
  const OperatorId kHere = {"here"};
  Verdict Judge() const { return Compare(std::vector{notebook_}, rows_, {{kHere, witness_}}); }

  static constexpr char kShaOfAbc[] =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  patients::Request request_;
  Notebook notebook_ = {.practice = {"optique-1"}, .notes = {}};
  std::vector<wire::ListRow> rows_;
  Witness witness_;
};

TEST_F(BooksTest, BooksThatAgreeAreGood) {
  const Verdict verdict = Judge();
  EXPECT_TRUE(verdict.Good());
  EXPECT_EQ(verdict.total.settled, 2u);
  EXPECT_EQ(verdict.total.accepted_once, 2u);
}

TEST_F(BooksTest, ARequestThatTheBrokerForgotIsLost) {
  rows_.pop_back();
  EXPECT_EQ(Judge().total.lost, 1u);
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, ASecondAcceptanceIsADuplicate) {
  Accept("optique-1-1");
  EXPECT_EQ(Judge().total.duplicated, 1u);
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, SettledWithoutTheOperatorIsLost) {
  witness_ = {};
  EXPECT_EQ(Judge().total.lost, 2u);
}

TEST_F(BooksTest, AnAnswerThatNeverCameIsLost) {
  notebook_.notes[0].answers = 0;
  EXPECT_EQ(Judge().total.lost, 1u);
}

TEST_F(BooksTest, ASecondAnswerIsNoticed) {
  notebook_.notes[0].answers = 2;
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, OtherBytesAreNoticed) {
  witness_ = {};
  Accept("optique-1-1");
  Accept("optique-1-2", "00");
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, WhatWentToAnotherOperatorIsNoticed) {
  notebook_.notes[0].destination.run_by = {"there"};
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, OnceAtEachOfTwoOperatorsIsADuplicate) {
  const Verdict verdict =
      Compare(std::vector{notebook_}, rows_, {{kHere, witness_}, {{"there"}, witness_}});
  EXPECT_EQ(verdict.total.duplicated, 2u);
}

TEST_F(BooksTest, AWordThatIsToldTwiceIsNoticed) {
  notebook_.notes[0].said_twice = true;
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, EachOperatorHasItsLine) {
  const Verdict verdict =
      Compare(std::vector{notebook_}, rows_, {{kHere, witness_}, {{"idle"}, {}}});
  ASSERT_EQ(verdict.operators.size(), 2u);
  EXPECT_EQ(verdict.operators[0].deposited, 2u);
  EXPECT_EQ(verdict.operators[1].deposited, 0u);
}

TEST_F(BooksTest, AnotherReceiptForARepeatIsNoticed) {
  notebook_.notes[0].again = true;
  EXPECT_FALSE(Judge().Good());
  notebook_.notes[0].same_receipt = true;
  EXPECT_TRUE(Judge().Good());
}

TEST_F(BooksTest, WhatNobodyDepositedIsNoticed) {
  Accept("optique-1-99");
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, UnsentByTheBookButSentIsNoticed) {
  rows_[0].status.state = StateCode::kReady;
  EXPECT_FALSE(Judge().disagreements.empty());
}

TEST_F(BooksTest, GivenBackIsAnEnd) {
  rows_[0].status.state = StateCode::kReturned;
  notebook_.notes[0].returned = true;
  witness_.by_key.erase("optique-1-1");
  EXPECT_TRUE(Judge().Good());
  EXPECT_EQ(Judge().total.given_back, 1u);
}

TEST_F(BooksTest, GivenBackButSentIsNoticed) {
  rows_[0].status.state = StateCode::kReturned;
  notebook_.notes[0].returned = true;
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, GivenBackInSilenceIsNoticed) {
  rows_[0].status.state = StateCode::kReturned;
  witness_.by_key.erase("optique-1-1");
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, TakenBackButStillInTheBookIsNoticed) {
  notebook_.notes[0].withdrawn = true;
  EXPECT_FALSE(Judge().Good());
}

TEST_F(BooksTest, APracticeThatStarvesIsNoGoodVerdict) {
  Verdict verdict = Judge();
  verdict.shares.push_back({.practice = {"shop"}, .deposited = 9, .early = 1, .fair = 4});
  EXPECT_EQ(verdict.Starved(), 1u);
  EXPECT_FALSE(verdict.Good());
}

TEST_F(BooksTest, DoubtIsAllowedAndShown) {
  rows_[0].status.state = StateCode::kInDoubt;
  EXPECT_TRUE(Judge().Good());
  EXPECT_EQ(Judge().total.in_doubt, 1u);
}

}  // namespace
}  // namespace ecluse::story
