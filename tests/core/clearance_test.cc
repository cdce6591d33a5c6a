// SPDX-License-Identifier: Apache-2.0
// Old requests are confirmed by their practice before they go.
#include <gmock/gmock.h>

#include "proto/limits.h"
#include "tests/core/cases_fixture.h"

namespace ecluse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class StaleTest : public CaseTest {
 protected:
  StaleTest() {
    policies_[kAuthorisation].confirm_after = absl::Hours(24 * 14);
    Start();
  }
  void GrowOld() { Wait(absl::Hours(24 * 15)); }
};

TEST_F(StaleTest, AnOldRequestIsAskedAboutOnceAndDoesNotGo) {
  const RequestId id = Authorisation();
  GrowOld();
  EXPECT_THAT(Offered(), IsEmpty());
  EXPECT_THAT(Offered(), IsEmpty());
  EXPECT_EQ(WaitOf(id), Code(Wait::kConfirm));
  EXPECT_EQ(Told(id, wire::Event::kAsked), 1);
  EXPECT_EQ(Inbox().at(0).why, wire::WhyWaiting::kConfirm);
}

TEST_F(StaleTest, AConfirmedRequestGoes) {
  const RequestId id = Authorisation();
  GrowOld();
  Offered();
  EXPECT_THAT(Confirm({id}).results, SizeIs(1));
  EXPECT_THAT(Offered(), ElementsAre(id));
}

TEST_F(StaleTest, ItMayBeConfirmedBeforeItIsAsked) {
  const RequestId id = Authorisation();
  GrowOld();
  Confirm({id});
  EXPECT_THAT(Offered(), ElementsAre(id));
  EXPECT_THAT(Inbox(), IsEmpty());
}

TEST_F(StaleTest, AConfirmationGrowsOldToo) {
  const RequestId id = Authorisation();
  Confirm({id});
  GrowOld();
  EXPECT_THAT(Offered(), IsEmpty());
  EXPECT_EQ(WaitOf(id), Code(Wait::kConfirm));
}

TEST_F(StaleTest, WhatGrewOldInAWorkersHandsIsNotBegun) {
  policies_[kAuthorisation].lease = absl::Hours(24 * 30);
  Start();
  const RequestId id = Authorisation();
  EXPECT_THAT(Offered(), ElementsAre(id));
  GrowOld();
  EXPECT_EQ(BeginIt(id), ErrorCode::kNotNow);
}

TEST_F(StaleTest, WhatIsConfirmedInAWorkersHandsIsBegun) {
  policies_[kAuthorisation].lease = absl::Hours(24 * 30);
  Start();
  const RequestId id = Authorisation();
  EXPECT_THAT(Offered(), ElementsAre(id));
  GrowOld();
  Confirm({id});
  EXPECT_EQ(BeginIt(id), ErrorCode::kNone);
}

TEST_F(StaleTest, OnlyThePracticeLetsItGo) {
  const RequestId id = Authorisation();
  GrowOld();
  Offered();
  EXPECT_EQ(Refusal(kAnne, wire::Retry{id, "please"}), ErrorCode::kNotInDoubt);
}

TEST_F(StaleTest, OldOnesAreAskedAboutAPageAtATimeAndHinderNobodyElse) {
  for (int i = 0; i < 100; ++i) Deposit(Kind::kAuthorisation, "old " + std::to_string(i));
  GrowOld();
  wire::Deposit::Item item = ItemOf(Kind::kAuthorisation, "young", {});
  item.finess = kRival.finess.front();
  Ask<wire::DepositResult>(kRival, wire::Deposit{{item}});
  EXPECT_THAT(Offered(), SizeIs(1));
  const auto asked =
      Ask<wire::InboxResult>(kShop, wire::Inbox{0, static_cast<uint32_t>(limits::kInboxPerCall)});
  EXPECT_LE(asked.entries.size(), 2 * 64u);
  EXPECT_GE(asked.entries.size(), 64u);
}

TEST_F(StaleTest, ThoseBehindAnUnconfirmedRequestWait) {
  const RequestId id = Authorisation();
  const RequestId document = Document(id);
  GrowOld();
  EXPECT_THAT(Offered(), IsEmpty());
  EXPECT_EQ(WaitOf(document), Code(Wait::kCase));
}

}  // namespace
}  // namespace ecluse
