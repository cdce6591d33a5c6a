// SPDX-License-Identifier: Apache-2.0
// What makes a deposit unfit beside its shape: rules, what it follows, where its card leads.
#include "tests/core/broker_fixture.h"

namespace ecluse {
namespace {

const Destination kElsewhere{{"almerys"}, {"authorisation"}};

Route To(const Destination& destination, const std::string& amc) {
  Route row;
  row.amc = amc;
  row.run_by = destination.run_by;
  return row;
}

class DepositTest : public BrokerTest {
 protected:
  DepositTest() {
    policies_.emplace(kElsewhere, Policy{});
    RouteTo(kAuthorisation);
  }
  void RouteTo(const Destination& destination) {
    routes_ = *Routes::Make({To(destination, "0000000012")}, absl::UTCTimeZone());
    Start();
  }
  std::variant<wire::Receipt, Error> Try(wire::Deposit::Item item) {
    return Ask<wire::DepositResult>(kShop, wire::Deposit{{std::move(item)}}).results.at(0);
  }
  wire::Receipt Receive(wire::Deposit::Item item) {
    const auto result = Try(std::move(item));
    const auto* receipt = std::get_if<wire::Receipt>(&result);
    if (!receipt) ADD_FAILURE() << "refused";
    return receipt ? *receipt : wire::Receipt{};
  }
  Error Refused(wire::Deposit::Item item) {
    const auto result = Try(std::move(item));
    const auto* error = std::get_if<Error>(&result);
    return error ? *error : Error{};
  }
  static wire::Deposit::Item Broken() {
    wire::Deposit::Item item = Item("a", "content");
    item.found = {{"lines[0].code", "lpp.digits", Severity::kError, "LPP"},
                  {"rights.amc", "amc.luhn", Severity::kWarning, "B2"}};
    return item;
  }
  static wire::Deposit::Item ByCard(const std::string& reference) {
    wire::Deposit::Item item = Item(reference, "content");
    item.destination.run_by = kByCard;
    item.card = Card{"12", "", "", "optics", absl::CivilDay(2024, 1, 31)};
    return item;
  }
};

TEST_F(DepositTest, AnInvalidContentIsRefusedWithAllItsProblemsAndLeavesNoTrace) {
  const Error error = Refused(Broken());
  EXPECT_EQ(error.code, ErrorCode::kInvalid);
  EXPECT_EQ(error.problems, Broken().found);
  EXPECT_TRUE(Pull().empty());
  EXPECT_EQ(Ask<wire::StatusReport>(kAnne, wire::Status{}).unfit, 1u);
  // The reference is free for the corrected content.
  EXPECT_FALSE(Receive(Item("a", "corrected")).repeated);
}

TEST_F(DepositTest, WarningsComeWithTheReceipt) {
  wire::Deposit::Item item = Broken();
  item.found.erase(item.found.begin());
  EXPECT_EQ(Receive(item).warnings, item.found);
}

TEST_F(DepositTest, ARepeatGetsItsReceiptEvenIfTheRulesHaveChangedSince) {
  const wire::Receipt first = Receive(Item("a", "content"));
  const wire::Receipt again = Receive(Broken());
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.number, first.number);
}

TEST_F(DepositTest, ARequestFollowsOnlyOneOfItsOwnPractice) {
  const RequestId rival = Deposit("r", "content", kRival);
  const RequestId own = Deposit("o");
  wire::Deposit::Item item = Item("a", "content");
  item.follows = rival;
  EXPECT_EQ(Refused(item).code, ErrorCode::kFollows);
  item.follows = RequestId{999};
  EXPECT_EQ(Refused(item).field, "items[0].follows");
  item.follows = own;
  EXPECT_EQ(Status(Receive(item).number).follows, own);
}

TEST_F(DepositTest, WhatComesWhileTheGateIsClosedIsBacklogAndWhatCameBeforeIsFresh) {
  const RequestId before = Deposit("a");
  Close();
  const RequestId meanwhile = Deposit("b");
  EXPECT_EQ(store_.Find(before)->envelope.share, Share::kFresh);
  EXPECT_EQ(store_.Find(meanwhile)->envelope.share, Share::kBacklog);
}

TEST_F(DepositTest, WhatComesUnderTheMasterStopIsBacklog) {
  wire::PlaceHold stop;
  stop.reason = "stop";
  Ask<wire::HoldsResult>(kAnne, stop);
  EXPECT_EQ(store_.Find(Deposit("a"))->envelope.share, Share::kBacklog);
}

TEST_F(DepositTest, ACardChoosesTheOperator) {
  const wire::Receipt receipt = Receive(ByCard("a"));
  EXPECT_EQ(receipt.destination, kAuthorisation);
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(DepositTest, ACardThatNoTableKnowsIsRefused) {
  wire::Deposit::Item item = ByCard("a");
  item.card->amc = "13";
  EXPECT_EQ(Refused(item).code, ErrorCode::kNoRoute);
}

TEST_F(DepositTest, ARepeatByCardIsARepeatEvenAfterTheTablesChanged) {
  const wire::Receipt first = Receive(ByCard("a"));
  RouteTo(kElsewhere);
  const wire::Receipt again = Receive(ByCard("a"));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.number, first.number);
  EXPECT_EQ(again.destination, kAuthorisation);
}

TEST_F(DepositTest, ARequestWhoseRouteChangedWaitsForAPersonInsteadOfGoingAstray) {
  const RequestId id = Receive(ByCard("a")).number;
  RouteTo(kElsewhere);
  EXPECT_TRUE(Pull().empty());
  EXPECT_EQ(Status(id).why, wire::WhyWaiting::kRoute);
}

TEST_F(DepositTest, TablesThatWereMendedBringItBackAtTheNextStart) {
  const RequestId id = Receive(ByCard("a")).number;
  RouteTo(kElsewhere);
  Pull();
  RouteTo(kAuthorisation);
  EXPECT_EQ(Pull().size(), 1u);
  EXPECT_EQ(Status(id).state, StateCode::kLeased);
}

TEST_F(DepositTest, APersonMayLetItGoToTheOldDestination) {
  const RequestId id = Receive(ByCard("a")).number;
  RouteTo(kElsewhere);
  Pull();
  Ask<wire::ActResult>(kAnne, wire::Retry{id, "the insurer says so"});
  EXPECT_EQ(Pull().size(), 1u);
}

TEST_F(DepositTest, ALeaseGivenBeforeTheTablesChangedMayNotBegin) {
  Receive(ByCard("a"));
  const wire::Task task = Pull().at(0);
  RouteTo(kElsewhere);
  EXPECT_EQ(Begin({task.envelope.id, task.attempt}), ErrorCode::kNotNow);
}

}  // namespace
}  // namespace ecluse
