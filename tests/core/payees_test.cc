// SPDX-License-Identifier: Apache-2.0
// A bill that names another bank account than the practice's bills before it waits for a person.
#include <gmock/gmock.h>

#include "tests/core/cases_fixture.h"

namespace ecluse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PayeeTest : public CaseTest {
 protected:
  RequestId BillTo(const std::string& payee, const std::string& reference) {
    wire::Deposit::Item item = ItemOf(Kind::kBill, reference, {});
    item.payee = payee;
    return std::get<wire::Receipt>(Hand(item)).number;
  }
};

TEST_F(PayeeTest, TheFirstAccountIsBelieved) {
  const RequestId bill = BillTo("account 1", "first");
  EXPECT_THAT(Offered(), ElementsAre(bill));
}

TEST_F(PayeeTest, AnotherAccountHoldsTheBill) {
  BillTo("account 1", "first");
  Carry(Accepts());
  const RequestId bill = BillTo("account 2", "second");
  EXPECT_THAT(Offered(), IsEmpty());
  EXPECT_EQ(WaitOf(bill), Code(Wait::kPayee));
}

TEST_F(PayeeTest, TheSameAccountAndBillsThatNameNoneGo) {
  BillTo("account 1", "first");
  Carry(Accepts());
  const RequestId same = BillTo("account 1", "second");
  const RequestId none = BillTo("", "third");
  EXPECT_THAT(Offered(), testing::UnorderedElementsAre(same, none));
}

TEST_F(PayeeTest, AReleasedBillMakesItsAccountTheKnownOne) {
  BillTo("account 1", "first");
  Carry(Accepts());
  const RequestId bill = BillTo("account 2", "second");
  Offered();
  Ask<wire::ActResult>(kAnne, wire::Retry{bill, "the practice changed its bank: called back"});
  EXPECT_THAT(Offered(), ElementsAre(bill));
  const RequestId next = BillTo("account 2", "third");
  EXPECT_THAT(Offered(), testing::UnorderedElementsAre(bill, next));
}

TEST_F(PayeeTest, AJobThatReleasesBillsMakesTheirAccountTheKnownOne) {
  BillTo("account 1", "first");
  Carry(Accepts());
  const RequestId bill = BillTo("account 2", "second");
  Offered();
  Filter changed;
  changed.waits = {Wait::kPayee};
  const JobId plan =
      Ask<wire::JobsResult>(kAnne, wire::PlanJob{JobKind::kRelease, changed, {}, "called back"})
          .rows.at(0)
          .job.id;
  const std::string token = Ask<wire::JobsResult>(kAnne, wire::Jobs{plan}).rows.at(0).token;
  Ask<wire::JobsResult>(kAnne, wire::ActOnJob{plan, wire::JobAct::kStart, token, "called back"});
  const RequestId next = BillTo("account 2", "third");
  EXPECT_THAT(Offered(), testing::UnorderedElementsAre(bill, next));
}

TEST_F(PayeeTest, ABillThatWaitsForAnotherReasonMakesNoAccountKnown) {
  BillTo("account 1", "first");
  Carry(Accepts());
  BillTo("account 1", "second");
  Carry(Outcome{outcome::Deferred{Hindrance::kTechnical, absl::ZeroDuration(), false}});
  const RequestId changed = BillTo("account 2", "third");
  Offered();
  EXPECT_EQ(WaitOf(changed), Code(Wait::kPayee));
}

TEST_F(PayeeTest, TheKnownAccountIsRememberedOverARestart) {
  BillTo("account 1", "first");
  Carry(Accepts());
  Start();
  const RequestId bill = BillTo("account 2", "second");
  EXPECT_THAT(Offered(), IsEmpty());
  EXPECT_EQ(WaitOf(bill), Code(Wait::kPayee));
}

TEST_F(PayeeTest, AnotherPracticesAccountIsItsOwnAffair) {
  BillTo("account 1", "first");
  Carry(Accepts());
  wire::Deposit::Item item = ItemOf(Kind::kBill, "theirs", {});
  item.payee = "account 2";
  item.finess = kRival.finess.front();
  Ask<wire::DepositResult>(kRival, wire::Deposit{{item}});
  EXPECT_EQ(Offered().size(), 1u);
}

TEST_F(PayeeTest, NoAccountIsEverWrittenInClear) {
  const RequestId bill = BillTo("account 1", "first");
  EXPECT_EQ(Stored(bill).envelope.payee.find("account"), std::string::npos);
}

}  // namespace
}  // namespace ecluse
