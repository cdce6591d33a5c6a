// SPDX-License-Identifier: Apache-2.0
#include "store/rocks_reads.h"

namespace ecluse::store {

namespace {

absl::Status Misplaced() { return absl::DataLossError("a key among the books can't be read"); }

}  // namespace

absl::Status ReadBook(const Database& database, std::string_view key, std::string_view value,
                      Recovered& recovered) {
  switch (key[0]) {
    case keyspace::kGates: {
      std::pair<Destination, GateState> gate;
      if (!keyspace::Parse(key, gate.first)) return Misplaced();
      recovered.gates.push_back(std::move(gate));
      return ReadGate(database, key, value, recovered.gates.back().second);
    }
    case keyspace::kHolds:
      return ReadHold(database, key, value, recovered.holds.emplace_back());
    case keyspace::kTallies: {
      Tally& tally = recovered.tallies.emplace_back();
      if (!keyspace::Parse(key, tally)) return Misplaced();
      return record::Decode(value, tally.requests);
    }
    case keyspace::kLanes:
    case keyspace::kBacklogLanes: {
      LaneCount& lane = recovered.lanes.emplace_back();
      if (!keyspace::Parse(key, lane)) return Misplaced();
      return record::Decode(value, lane.ready);
    }
    case keyspace::kMarks: {
      InboxMark& mark = recovered.marks.emplace_back();
      if (!keyspace::Parse(key, mark)) return Misplaced();
      return record::Decode(value, mark);
    }
    case keyspace::kJobs:
      return ReadJob(database, key, value, recovered.jobs.emplace_back());
    case keyspace::kAccounts: {
      Account& account = recovered.accounts.emplace_back();
      if (!keyspace::Parse(key, account)) return Misplaced();
      return record::Decode(value, account);
    }
    case keyspace::kPayees: {
      Payee& payee = recovered.payees.emplace_back();
      if (!keyspace::Parse(key, payee)) return Misplaced();
      return record::Decode(value, payee);
    }
    case keyspace::kHead[0]:
    case keyspace::kNumbers[0]:
    case keyspace::kDataKeys:
      return absl::OkStatus();
    default:
      return Misplaced();
  }
}

absl::StatusOr<Recovered> RocksStore::Recover() const {
  Recovered recovered;
  recovered.last_request = {database_->numbers.request};
  recovered.last_hold = {database_->numbers.hold};
  recovered.last_job = {database_->numbers.job};
  recovered.epoch = database_->head.epoch;
  recovered.fenced = database_->head.epoch != database_->head.noted_epoch;
  Range books(*database_, kBooks, "", {});
  for (; books.Valid(); books.Next()) {
    if (auto status = ReadBook(*database_, books.key(), books.value(), recovered); !status.ok()) {
      return status;
    }
  }
  if (auto status = books.status(); !status.ok()) return status;

  const std::string prefix = keyspace::Flight();
  Range flight(*database_, kIndexes, low_water_.From(prefix), keyspace::Behind(prefix));
  for (; flight.Valid(); flight.Next()) {
    const RequestId id{keyspace::NumberAt(flight.key(), prefix.size())};
    auto request = Find(id);
    if (!request) {
      const std::string why = database_->latch->why();
      const std::string what = "a request in flight can't be read: " + why;
      return why.starts_with("IO error") ? absl::UnavailableError(what) : absl::DataLossError(what);
    }
    recovered.in_flight.push_back({id, std::move(request->envelope.practice),
                                   std::move(request->envelope.destination), request->state});
  }
  if (auto status = flight.status(); !status.ok()) return status;
  return recovered;
}

}  // namespace ecluse::store
