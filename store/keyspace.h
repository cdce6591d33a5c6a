// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/seal.h"
#include "store/store.h"

// The keys of the store as bytes; FORMAT.md has the grammar. Numbers are big-endian, so that the
// order of bytes is the order of numbers; names end with a zero byte, which no name holds.
namespace ecluse::store::keyspace {

void AppendNumber(uint64_t number, std::string& key);
// REQUIRES: 8 bytes at `at`.
uint64_t NumberAt(std::string_view key, size_t at);
// Reads a name and its zero byte and moves `key` behind them. False: there is none.
bool TakeName(std::string_view& key, std::string& name);

std::string Request(RequestId id);
std::string Entry(RequestId id, uint64_t number);
std::string InboxOf(const PracticeId& practice);
std::string Inbox(const PracticeId& practice, uint64_t position);

// The books: small records, each kind under a letter of its own.
inline constexpr std::string_view kHead = "h";
inline constexpr std::string_view kNumbers = "n";
inline constexpr char kDataKeys = 'k';
inline constexpr char kGates = 'g';
inline constexpr char kHolds = 'o';
inline constexpr char kTallies = 't';
inline constexpr char kLanes = 'l';         // of the fresh share
inline constexpr char kBacklogLanes = 'b';  // of the backlog
inline constexpr char kMarks = 'm';
inline constexpr char kJobs = 'j';
inline constexpr char kAccounts = 'a';
inline constexpr char kPayees = 'p';
std::string DataKey(KeyId id);
std::string Gate(const Destination& destination);
std::string Hold(HoldId id);
std::string Tally(const store::Tally& tally);
std::string Lane(const Destination& destination, const PracticeId& practice, Share share);
std::string Mark(const PracticeId& practice);
std::string Job(JobId id);
std::string Account(const OperatorId& run_by, const PracticeId& practice);
std::string Payee(const PracticeId& practice);
// The other way round. False: not such a key.
bool Parse(std::string_view key, Destination& destination);
bool Parse(std::string_view key, store::Tally& tally);
bool Parse(std::string_view key, LaneCount& lane);
bool Parse(std::string_view key, InboxMark& mark);
bool Parse(std::string_view key, JobId& job);
bool Parse(std::string_view key, store::Account& account);
bool Parse(std::string_view key, store::Payee& payee);

// The indexes: keys without values, each kind under a letter of its own.
struct IndexKey {
  std::string key;
  size_t prefix = 0;  // bytes that all keys of the same queue share
};
// What a state is found by: none, one or two keys.
std::vector<IndexKey> IndexOf(const Rank& rank, const PracticeId& practice,
                              const Destination& destination, const State& state);
inline constexpr char kReady = 'Q';
inline constexpr char kRetry = 'R';
inline constexpr char kProbe = 'P';
inline constexpr char kFlight = 'F';
inline constexpr char kCare = 'C';
inline constexpr char kCase = 'K';
inline constexpr char kOldReady = 'L';  // the lanes of format 1: destination practice id
// All of one lane; the key of a rank begins with it.
std::string ReadyOf(const Destination& destination, const PracticeId& practice, Share share);
// The place of a rank in its lane.
std::string ReadyAt(const Destination& destination, const PracticeId& practice, const Rank& rank);
// False: no such key, or of a rank that can't be.
bool Parse(std::string_view key, Rank& rank);
std::string OldReadyAt(const Destination& destination, const PracticeId& practice, RequestId id);
// The key of a member of the case that `root` begins.
std::string CaseAt(RequestId root, RequestId id);
std::string DueOf(const Destination& destination, Reads::Due due);
std::string Flight();
std::string CareOf(StateCode code);

// A time in a key: microseconds, ordered also before 1970.
void AppendTime(absl::Time time, std::string& key);
absl::Time TimeAt(std::string_view key, size_t at);

// The least key behind all that begin with `prefix`. REQUIRES: it does not end with 0xff.
std::string Behind(std::string prefix);

}  // namespace ecluse::store::keyspace
