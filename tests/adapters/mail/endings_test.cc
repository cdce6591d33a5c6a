// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/endings.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace ecluse::mail {
namespace {

using Break = Submitted::Break;

constexpr Submitted kAll[] = {
    {Break::kNone, 250, true, true},        {Break::kNoConnection, 0, false, false},
    {Break::kUntrusted, 220, false, false}, {Break::kLogin, 535, false, false},
    {Break::kLogin, 454, false, false},     {Break::kOwnTrouble, 0, false, false},
    {Break::kTimeout, 250, false, false},   {Break::kBrokenOff, 250, false, false},
    {Break::kRefused, 450, false, false},   {Break::kRefused, 550, false, false},
    {Break::kBrokenOff, 354, true, false},  {Break::kTimeout, 354, true, false},
    {Break::kRefused, 451, true, true},     {Break::kRefused, 552, true, true},
    {Break::kBrokenOff, 354, true, true},   {Break::kTimeout, 354, true, true},
};

// The endings after which a server may hold the mail though it was called unsent.
std::vector<Ending> Lies(std::span<const Row> table) {
  std::vector<Ending> lies;
  for (const Submitted& s : kAll) {
    const bool refused = s.broke == Break::kRefused;
    const bool may_be_there = s.body_ended && !refused;
    const Ending ending = EndingOf(s);
    if (may_be_there && RowOf(ending, table).meaning == Meaning::kNotSent) lies.push_back(ending);
  }
  return lies;
}

TEST(EndingsTest, WhatMayBeThereIsNeverCalledUnsent) { EXPECT_TRUE(Lies(kEndings).empty()); }

TEST(EndingsTest, ATableThatLiesIsNoticed) {
  std::vector<Row> table(kEndings.begin(), kEndings.end());
  for (Row& row : table) {
    if (row.ending == Ending::kSilentAfter) row.meaning = Meaning::kNotSent;
  }
  EXPECT_EQ(Lies(table).size(), 2u);
}

TEST(EndingsTest, EveryEndingHasOneRowAndEveryRowAnEnding) {
  std::set<Ending> seen;
  for (const Submitted& s : kAll) seen.insert(EndingOf(s));
  std::set<Ending> rows;
  for (const Row& row : kEndings) EXPECT_TRUE(rows.insert(row.ending).second);
  EXPECT_EQ(seen, rows);
}

TEST(EndingsTest, OnlyTheFinal250IsSent) {
  for (const Submitted& s : kAll) {
    EXPECT_EQ(RowOf(EndingOf(s)).meaning == Meaning::kSent, s.broke == Break::kNone);
  }
}

TEST(EndingsTest, ARefusalOfOneMailStopsNoOther) {
  EXPECT_FALSE(RowOf(Ending::kMailRefusedForGood).whole_destination);
  EXPECT_TRUE(RowOf(Ending::kRefusedForGood).whole_destination);
}

}  // namespace
}  // namespace ecluse::mail
