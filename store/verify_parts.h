// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "store/rocks_reads.h"
#include "store/verify.h"

// The offline check, family by family. For verify*.cc only.
namespace ecluse::store {

class Verifier {
 public:
  Verifier(const Database& database, const std::function<void(const Finding&)>& sink)
      : database_(database), sink_(sink) {}

  Checked Run();

 private:
  // What is known of one request while its records are looked at.
  struct Seen {
    std::optional<Envelope> envelope;
    std::optional<State> state;
    bool content = false;
    bool journal = false;
  };

  // Whether all is there that was once told to be durable.
  void Promised();
  // verify.cc: requests, all families side by side by number.
  void Requests();
  void SkipStrange(Range& range, size_t size, const char* family);
  void CheckContent(RequestId id, std::string_view value, const Seen& seen);
  void CheckJournal(RequestId id, Range& journal, Seen& seen);
  void CheckWhole(RequestId id, const Seen& seen);
  void CheckFound(const Envelope& envelope, const State& state);
  void CheckCase(const Envelope& envelope);
  void CheckIndex(const Envelope& envelope, const State& state);

  // verify_books.cc: what points to requests, and what counts them.
  void Books();
  void Indexes();
  void Business();
  void EachBusinessKey();
  void Inboxes();
  void CheckAnswer(std::string_view key, std::string_view value, const PracticeId& practice);
  void CompareCounts();

  // All index keys that a request asks for, in the store's own format.
  std::vector<std::string> KeysOf(const Envelope& envelope, const State& state) const;
  // The envelope and the state of a request, if both can be read.
  std::optional<Request> Look(RequestId id) const;
  void Find(std::string what, std::string where);
  void Find(std::string what, RequestId id);
  void End(const Range& range, const char* family);

  const Database& database_;
  const std::function<void(const Finding&)>& sink_;
  Checked checked_;
  Recovered books_;
  std::map<PracticeId, InboxMark> marks_;
  std::map<std::tuple<Destination, StateCode, int64_t>, uint64_t> tallies_;
  std::map<std::tuple<Destination, PracticeId, Share>, uint64_t> lanes_;
};

}  // namespace ecluse::store
