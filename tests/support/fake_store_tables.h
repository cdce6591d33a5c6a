// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/support/fake_store.h"

// What a FakeStore keeps. For its own files only.
namespace ecluse {

struct Record {
  Envelope envelope;
  State state;
  std::string content;
  std::vector<JournalEntry> history;
};

// The time at which a state wants to be retried or probed; InfiniteFuture: never.
std::pair<store::Reads::Due, absl::Time> DueOf(const State& state);

// Waiting, Deferred, InDoubt: the states that InState() finds.
bool NeedsCare(StateCode code);

// Hours since 1970 for a tally; 0 for a terminal state.
int64_t TallyHour(StateCode code, absl::Time deposited_at);

struct FakeStore::Tables {
  std::map<RequestId, Record> requests;
  std::map<BusinessKey, RequestId> keys;
  std::map<std::pair<Destination, PracticeId>, std::set<Rank>> ready;
  std::map<RequestId, std::set<RequestId>> cases;
  std::map<std::pair<Destination, Due>, std::set<std::pair<absl::Time, RequestId>>> due;
  std::set<RequestId> in_flight;
  std::map<StateCode, std::set<RequestId>> care;
  std::map<std::pair<PracticeId, uint64_t>, wire::InboxEntry> inbox;
  std::map<Destination, GateState> gates;
  std::map<HoldId, Hold> holds;
  std::map<std::tuple<Destination, StateCode, int64_t>, uint64_t> tallies;
  std::map<std::tuple<Destination, PracticeId, Share>, uint64_t> lanes;
  std::map<PracticeId, store::InboxMark> marks;
  RequestId last_request;
  HoldId last_hold;
  JobId last_job;
  std::map<JobId, Job> jobs;
  std::map<std::pair<OperatorId, PracticeId>, store::Account> accounts;
  std::map<PracticeId, store::Payee> payees;
  StoreEpoch epoch = 0;
  StoreEpoch noted = 0;
  std::set<RequestId> damaged;
  std::set<RequestId> erased;

  void Index(const Envelope& envelope, const State& state);
  void Unindex(const Envelope& envelope, const State& state);
  void Set(const store::Tally& tally);
  void Set(const store::LaneCount& lane);
};

}  // namespace ecluse
