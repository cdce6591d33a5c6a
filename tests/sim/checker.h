// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "broker/core/broker.h"
#include "broker/core/step.h"
#include "tests/sim/clock.h"
#include "tests/sim/incidents.h"
#include "tests/sim/logins.h"
#include "tests/sim/page.h"
#include "tests/sim/permits.h"
#include "tests/sim/story.h"
#include "tests/sim/trace.h"
#include "tests/support/fake_store.h"

namespace ecluse::sim {

struct Violation {
  std::string invariant;  // the sentence that is not true
  RequestId request;      // 0: none in particular
  std::string detail;
  absl::Time at;
};

// Keeps books of its own from what is said between peers and broker and from what operators
// accept, and says which sentence about the broker is not true. It never asks the broker's state
// what should be.
class Checker {
 public:
  Checker(const Story& story, const Clock& clock, Trace& trace)
      : story_(story), clock_(clock), trace_(trace) {}

  const std::optional<Violation>& violation() const { return violation_; }
  // Only the first is kept: what comes after it may be its consequence.
  void Fail(const std::string& invariant, RequestId request, const std::string& detail);

  // A life of the broker begins, with these routing tables.
  void BrokerStarts(const Tables& tables);
  // A turn begins; a call is handed to the broker; a word left it.
  void TurnBegins();
  void Handed(const Inbound& inbound);
  void Spoken(const Outbound& word);
  // The world outside.
  void OperatorAccepts(const Envelope& envelope, const std::string& content);
  void OperatorRejects(RequestId request);
  void OperatorDrops(RequestId request);
  // A copy of the store is made; later the broker comes back from it.
  void BackedUp(const FakeStore& store);
  void Restored(StoreEpoch epoch);
  // After that: is there such a request, did its practice read its end, and up to where.
  bool Knows(RequestId id) const { return pages_.contains(id); }
  bool HasReadEnd(RequestId id) const { return pages_.at(id).read; }
  uint64_t ReadBy(const PracticeId& practice) { return boxes_[practice].read; }
  // What two people of ops are about to do in bulk; what an export hands out.
  void JobStarts(const Job& job);
  void SecondPerson(const Job& job);
  void Exported(const wire::FetchResult::Row& row);
  void AnswerRead(const PracticeId& practice, const wire::InboxEntry& entry);

  // The quiet end. False: a violation was noted.
  bool CountsAgree(const wire::StatusReport& report);
  void EverythingHasItsEnd();
  void StoreAgrees(const FakeStore& store);
  // A request that has a receipt and no end yet; 0: none.
  RequestId Unfinished() const;
  // A request of which the practice has not read all that the broker noted; 0: none.
  RequestId Unread() const;

 private:
  struct Asked {
    wire::CallBody body;
    Identity who;
    uint64_t order = 0;
    uint64_t first = 0;     // order, when it was handed for the first time
    std::set<size_t> news;  // items of a report that must end the request
  };
  struct Box {
    uint64_t acknowledged = 0;  // the most that ever reached the broker
    std::map<uint64_t, wire::InboxEntry> entries;
    uint64_t read = 0;
  };

  Page& PageOf(RequestId id);

  // checker.cc
  void Expect(bool truth, const char* invariant, RequestId request, const std::string& detail);
  void EndTold(Page& page, StateCode end);
  void HandedByOps(const Asked& asked);
  void HoldsAreRight(const Asked& asked, const wire::HoldsResult& result);

  // checker_practice.cc: status, inboxes
  void HandedByPractice(const Asked& asked);
  void SpokenToPractice(const Asked& asked, const wire::ReplyBody& reply);
  // checker_deposit.cc: receipts and refusals
  void Deposited(const wire::Deposit::Item& item, const PracticeId& practice,
                 const wire::DepositResult& result, size_t i);
  void ReceiptIsTheFirst(const wire::Deposit::Item& item, const PracticeId& practice,
                         const wire::Receipt& receipt);
  void MayBeAccepted(const wire::Deposit::Item& item, const PracticeId& practice,
                     const wire::Receipt& receipt);
  void HadToBeRefused(const wire::Deposit::Item& item, const PracticeId& practice,
                      const Error& error);
  bool IsOwn(RequestId receipt, const PracticeId& practice) const;
  void StatusIsTrue(const PracticeId& practice, const wire::RequestStatus& status);
  void SaidIsTrue(Page& page, const wire::RequestStatus& status);
  void StatusTold(const wire::StatusOf& call, const PracticeId& practice,
                  const wire::StatusResult& result);
  void InboxIsInOrder(const PracticeId& practice, uint64_t acknowledge,
                      const wire::InboxResult& result);
  void EntryIsTrue(const PracticeId& practice, const wire::InboxEntry& entry);
  void EntryIsTheAnswer(Page& page, const wire::InboxEntry& entry);
  void EntryIsNews(Page& page, const wire::InboxEntry& entry);
  void EntryIsReturned(Page& page, const wire::InboxEntry& entry);

  // checker_worker.cc: tasks, proceeds
  void HandedByWorker(Asked& asked);
  void SpokenToWorker(const Asked& asked, const wire::ReplyBody& reply);
  void BeginHanded(const wire::Begin& begin, uint64_t order);
  bool IsAstray(const Page& page) const;
  // Where it may go: as its receipt says, or as ops sent it since.
  bool MayGoTo(Page& page, const Destination& destination);
  void TaskIsWhatWasDeposited(const wire::Pull& pull, const wire::Task& task);
  void ProceedSpoken(WorkerId worker, const wire::Proceed::Item& item);
  void OnlyTheLeaseHolderProceeds(Page& page, uint32_t attempt, WorkerId worker);
  void NothingIsSentAgainInDoubt(const Page& page, uint32_t attempt);
  void GateAndHoldsAgree(const Page& page, const Try& one);
  void NotBeforeItsTime(const Page& page);
  void NotTooManyAtOnce(const Page& page);
  // checker_case.cc: order within a case, grants
  void SaidByPractice(const wire::CallBody& call);
  void NumberHanded(Page& page, const Outcome& outcome);
  RequestId RootOf(const Page& page) const;
  const Page* AuthorisationOf(const Page& page) const;
  bool MayBeThrough(const Page& page) const;
  bool MayBeReturned(const Page& page) const;
  void CaseAgrees(const Page& page);
  void GrantIsRight(const Page& page, const wire::Task& task);
  uint32_t BeingSent(const Destination& destination, RequestId but) const;

  // checker_outcome.cc: reports, answers, and what was noted of them
  void ReportHanded(const wire::Report& report, std::set<size_t>& news);
  bool IsNews(const Page& page, const wire::Report::Item& item) const;
  void HindranceHanded(Page& page, wire::Task::What of, uint32_t attempt,
                       const outcome::Deferred& deferred);
  void OutcomeHanded(Page& page, const Outcome& outcome);
  void NotedIsAPromise(const Asked& asked, const wire::Noted& noted);
  void OutcomeNoted(Page& page, const Outcome& outcome);
  void HindranceNoted(Page& page, wire::Task::What of, ErrorCode code,
                      const outcome::Deferred& deferred, uint64_t first);

  const Story& story_;
  const Clock& clock_;
  Trace& trace_;
  std::optional<Violation> violation_;
  std::map<std::pair<Peer, uint64_t>, Asked> asked_;
  uint64_t order_ = 0;
  std::map<RequestId, Page> pages_;
  std::map<BusinessKey, RequestId> receipts_;
  std::map<PracticeId, Box> boxes_;
  // Told to proceed, and not surely over: neither reported nor silent for too long.
  std::set<std::pair<RequestId, uint32_t>> being_sent_;
  // Workers whose pull is not answered yet; and those for whom a lease may have been written by a
  // life of the broker that died before it could say so.
  std::set<WorkerId> pulling_;
  std::set<WorkerId> perhaps_granted_;
  std::set<RequestId> early_;  // that must not be sent before their time
  Permits permits_;
  Logins logins_;
  Incidents incidents_;
  // checker_backup.cc: what was known when the backup was made.
  struct Memory {
    std::map<RequestId, Page> pages;
    std::map<BusinessKey, RequestId> receipts;
    std::map<PracticeId, store::InboxMark> marks;
    RequestId last_request;
    Permits permits;
    Logins logins;
    Incidents incidents;
    std::set<RequestId> early;
    std::set<std::pair<Destination, Destination>> reroutes;
  };
  void GoBack(Page& page);
  std::optional<Memory> memory_;
  std::optional<HoldId> restored_hold_;
  bool waits_for_a_person_ = false;  // restored, and the hold is not lifted
  std::set<std::pair<Destination, Destination>> reroutes_;
  bool destroys_ = false;
  Tables tables_;
};

}  // namespace ecluse::sim
