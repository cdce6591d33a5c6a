// SPDX-License-Identifier: Apache-2.0
// Export: reserved, shown, handed over; never sent besides.
#include "proto/limits.h"
#include "tests/core/job_fixture.h"

namespace ecluse {
namespace {

using enum ecluse::Wait;

class ExportTest : public JobTest {
 protected:
  wire::FetchResult Fetch(const Row& job, RequestId after = {}) {
    return Ask<wire::FetchResult>(kAnne, wire::Fetch{job.job.id, after});
  }
  wire::ActResult HandOver(const Row& job, std::vector<RequestId> ids) {
    return Ask<wire::ActResult>(kAnne, wire::HandedOver{job.job.id, std::move(ids), "file 1"});
  }
  // All that it keeps, page by page.
  std::vector<RequestId> Kept(const Row& job) {
    std::vector<RequestId> ids;
    for (wire::FetchResult page = Fetch(job);; page = Fetch(job, page.next)) {
      for (const auto& row : page.rows) ids.push_back(row.request);
      if (page.next.value == 0) return ids;
    }
  }
  Row Export(Filter filter = Of(kAuthorisation)) { return Do(JobKind::kExport, filter); }
};

TEST_F(ExportTest, WhatIsReservedIsNotHandedOut) {
  const RequestId id = Deposit("a");
  const Row job = Export();
  EXPECT_EQ(job.job.state, JobState::kRunning);
  EXPECT_EQ(job.job.done, 1u);
  EXPECT_EQ(WaitOf(id), kExport);
  EXPECT_TRUE(Pull().empty());
}

TEST_F(ExportTest, WhatIsReservedIsShownWithItsIndexAndWrittenDown) {
  const RequestId id = Deposit("sale 12", "the bytes");
  const Row job = Export();
  const wire::FetchResult shown = Fetch(job);
  ASSERT_EQ(shown.rows.size(), 1u);
  EXPECT_EQ(shown.rows[0].request, id);
  EXPECT_EQ(shown.rows[0].reference, "sale 12");
  EXPECT_EQ(shown.rows[0].content, "the bytes");
  EXPECT_EQ(shown.next, RequestId{});
  EXPECT_EQ(LastEntry(id).cause, CauseCode::kShown);
  EXPECT_EQ(Refusal(kReader, wire::Fetch{job.job.id, {}}), ErrorCode::kForbidden);
}

TEST_F(ExportTest, HandedOverItHasEndedWithItsProof) {
  const RequestId id = Deposit("a");
  const Row job = Export();
  EXPECT_TRUE(HandOver(job, {id}).done);
  EXPECT_EQ(StateOf(id), StateCode::kElsewhere);
  EXPECT_NE(LastEntry(id).note.find("file 1"), std::string::npos);
  RunOn();
  EXPECT_EQ(Look(job.job.id).job.state, JobState::kDone);
  EXPECT_TRUE(Pull().empty());
}

TEST_F(ExportTest, HandedOverTwiceIsHandedOverOnce) {
  const RequestId id = Deposit("a");
  const Row job = Export();
  HandOver(job, {id});
  const size_t entries = store_.History(id).size();
  EXPECT_TRUE(HandOver(job, {id}).done);
  EXPECT_EQ(store_.History(id).size(), entries);
}

TEST_F(ExportTest, NothingIsHandedOverWithoutProof) {
  const RequestId id = Deposit("a");
  const Row job = Export();
  EXPECT_EQ(Refusal(kAnne, wire::HandedOver{job.job.id, {id}, ""}), ErrorCode::kNumber);
}

TEST_F(ExportTest, WhatAnotherExportKeepsIsNotHandedOverByThisOne) {
  const RequestId first = Deposit("a");
  const Row one = Export();
  const RequestId second = Deposit("b");
  const RequestId queued = Deposit("c");
  Filter filter;
  filter.from = filter.to = second;
  const Row two = Export(filter);
  const wire::ActResult result = HandOver(two, {first, second, queued});
  EXPECT_FALSE(result.done);
  EXPECT_EQ(result.requests, 1u);
  EXPECT_EQ(WaitOf(first), kExport);
  EXPECT_EQ(StateOf(queued), StateCode::kReady);
  EXPECT_EQ(Kept(one), std::vector{first});
}

TEST_F(ExportTest, WhatIsReservedCantBeWithdrawnReleasedOrRetried) {
  const RequestId id = Deposit("a");
  Export();
  EXPECT_EQ(Refusal(kShop, wire::Withdraw{id}), ErrorCode::kNotUnsent);
  EXPECT_EQ(Refusal(kAnne, wire::Retry{id, "please"}), ErrorCode::kNotInDoubt);
  EXPECT_EQ(Do(JobKind::kReroute, Of(kAuthorisation), kAlmerys).job.done, 0u);
  EXPECT_EQ(WaitOf(id), kExport);
}

TEST_F(ExportTest, StoppedItLetsGoWhatWasNotHandedOver) {
  const std::vector<RequestId> ids = DepositMany(static_cast<int>(limits::kJobPerTurn) + 10);
  const Row job = Export();
  ASSERT_EQ(job.job.done, ids.size());
  HandOver(job, {ids[0]});
  Say(job, Act::kStop);
  Wait(absl::ZeroDuration());
  Start();  // it lets go in pages, and over a restart
  RunOn();
  EXPECT_EQ(StateOf(ids[0]), StateCode::kElsewhere);
  for (size_t i = 1; i < ids.size(); ++i) ASSERT_EQ(StateOf(ids[i]), StateCode::kReady) << i;
  EXPECT_EQ(Look(job.job.id).job.done, 1u);
  EXPECT_EQ(Refusal(kAnne, wire::Fetch{job.job.id, {}}), ErrorCode::kJobState);
  // What it let go is no longer its own.
  EXPECT_FALSE(HandOver(job, {ids[1]}).done);
  EXPECT_EQ(StateOf(ids[1]), StateCode::kReady);
}

TEST_F(ExportTest, AnExportThatWasNeverStartedKeepsNothing) {
  const RequestId id = Deposit("a");
  const Row plan = Plan(JobKind::kExport, Of(kAuthorisation));
  Say(plan, Act::kStop);
  RunOn();
  EXPECT_EQ(StateOf(id), StateCode::kReady);
  EXPECT_EQ(store_.History(id).size(), 1u);
}

TEST_F(ExportTest, AfterARestartItKeepsWhatItKept) {
  const std::vector<RequestId> ids = DepositMany(3);
  const Row job = Export();
  HandOver(job, {ids[0], ids[1]});
  Start();
  RunOn();
  EXPECT_EQ(Look(job.job.id).job.state, JobState::kRunning);
  EXPECT_EQ(Kept(job), std::vector{ids[2]});
  HandOver(job, {ids[2]});
  RunOn();
  EXPECT_EQ(Look(job.job.id).job.state, JobState::kDone);
}

TEST_F(ExportTest, ItIsDoneThoughAnOperatorTookOneAfterAll) {
  const wire::Attempt attempt = Sent("a");
  Report(attempt, outcome::Deferred{Hindrance::kUnreachable, absl::ZeroDuration()});
  const Row job = Export();
  ASSERT_EQ(WaitOf(attempt.request), kExport);
  Report(attempt, outcome::Accepted{});
  ASSERT_EQ(StateOf(attempt.request), StateCode::kAwaiting);
  RunOn();
  EXPECT_EQ(Look(job.job.id).job.state, JobState::kDone);
}

TEST_F(ExportTest, PagesAreBoundedByTheirBytes) {
  const std::string large(limits::kBytesPerReply / 2 - 1, 'x');
  Deposit("a", large);
  Deposit("b", large);
  Deposit("c", large);
  const Row job = Export();
  EXPECT_EQ(Fetch(job).rows.size(), 2u);
  EXPECT_EQ(Kept(job).size(), 3u);
}

TEST_F(ExportTest, NothingIsShownBeforeAllIsReserved) {
  DepositMany(static_cast<int>(limits::kJobPerTurn) + 1);
  const Row plan = Plan(JobKind::kExport, Of(kAuthorisation));
  Say(plan, Act::kStart);
  vitals_.disk_low = true;
  EXPECT_EQ(Refusal(kAnne, wire::Fetch{plan.job.id, {}}), ErrorCode::kJobState);
}

TEST_F(ExportTest, WhatCantBeReadIsLetGo) {
  const RequestId id = Deposit("a");
  const Row job = Export();
  store_.Damage(id);
  EXPECT_TRUE(Fetch(job).rows.empty());
  RunOn();
  const Row end = Look(job.job.id);
  EXPECT_EQ(end.job.state, JobState::kDone);
  EXPECT_EQ(end.job.failed, 1u);
  EXPECT_NE(WaitOf(id), kExport);
}

TEST_F(ExportTest, WhatMayBeAtTheOperatorIsNotExported) {
  const wire::Attempt sent = Sent("a");
  const Row job = Export();
  EXPECT_EQ(job.job.done, 0u);
  EXPECT_EQ(job.job.failed, 1u);
  EXPECT_EQ(StateOf(sent.request), StateCode::kSending);
}

TEST_F(ExportTest, WhatAwaitsItsCaseIsExportedOnlyByName) {
  const RequestId first = Deposit("a");
  wire::Deposit::Item item = Item("b", "content");
  item.follows = first;
  Ask<wire::DepositResult>(kShop, wire::Deposit{{item}});
  const Row plan = Plan(JobKind::kExport, Of(kAuthorisation));
  EXPECT_EQ(plan.job.planned, 1u);
  EXPECT_EQ(plan.job.failed, 1u);
  EXPECT_EQ(Plan(JobKind::kExport, Waits(kCase)).job.planned, 1u);
}

TEST_F(ExportTest, AQuarantineIsNotExported) {
  Deposit("a");
  Quarantine();
  RunOn();
  EXPECT_EQ(Export().job.done, 0u);
}

}  // namespace
}  // namespace ecluse
