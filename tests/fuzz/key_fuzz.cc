// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "store/keyspace.h"
#include "tests/fuzz/check.h"

// The keys of the store: a key that is understood is written the same again, letter and all; or it
// is refused.
namespace {

using namespace ecluse;
using namespace ecluse::store;

void Same(std::string_view key, const std::string& again) {
  fuzz::Must(key.substr(1) == std::string_view(again).substr(1), "a key is written as it was read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view key = fuzz::View(bytes, size);
  Destination destination;
  if (keyspace::Parse(key, destination)) Same(key, keyspace::Gate(destination));
  store::Tally tally;
  if (keyspace::Parse(key, tally)) Same(key, keyspace::Tally(tally));
  LaneCount lane;
  if (keyspace::Parse(key, lane)) {
    Same(key, keyspace::Lane(lane.destination, lane.practice, lane.share));
  }
  InboxMark mark;
  if (keyspace::Parse(key, mark)) Same(key, keyspace::Mark(mark.practice));
  JobId job;
  if (keyspace::Parse(key, job)) Same(key, keyspace::Job(job));
  store::Account account;
  if (keyspace::Parse(key, account)) Same(key, keyspace::Account(account.run_by, account.practice));
  store::Payee payee;
  if (keyspace::Parse(key, payee)) Same(key, keyspace::Payee(payee.practice));
  Rank rank;
  if (keyspace::Parse(key, rank)) {
    const std::string again = keyspace::ReadyAt({{"o"}, {"s"}}, {"p"}, rank);
    fuzz::Must(key.ends_with(std::string_view(again).substr(again.size() - 18)),
               "a rank is written as it was read");
  }
  return 0;
}
