// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "store/store.h"
#include "tests/support/mixture/mixture.h"

namespace ecluse::bench {

struct StepOptions {
  uint64_t requests = 20'000;
  uint64_t practices = 1'000;
  uint64_t batch = 64;
};

// The steps of many requests, each step for all of them before the next, in the batches and with
// the reads that the broker makes of them. Contents are made beforehand and used in turn.
class Steps {
 public:
  Steps(const StepOptions& options, store::Store& store);

  void Deposit();      // digest, look for its business key, commit
  void Grant();        // the next of its lane, its envelope and content, commit
  void Begin();        // commit
  void Settle();       // commit with the answer
  void Acknowledge();  // the inbox is read and forgotten

  double content_bytes() const { return content_bytes_; }
  double answer_bytes() const { return answer_bytes_; }

 private:
  using Lane = std::pair<Destination, PracticeId>;

  PracticeId PracticeOf(uint64_t number) const;
  const mixture::Request& SampleOf(uint64_t number) const;
  Envelope EnvelopeOf(uint64_t number) const;
  State StateOf(StateCode code, uint64_t number) const;
  // Puts the transition of each request into batches and commits them.
  void Move(StateCode from, StateCode to);
  void MoveOne(uint64_t number, StateCode from, StateCode to, store::Batch& batch);
  void Answer(uint64_t number, const Envelope& envelope, store::Batch& batch);
  void Count(const Destination& destination, StateCode code, int by, store::Batch& batch);
  void Commit(store::Batch& batch);

  const StepOptions options_;
  store::Store& store_;
  std::vector<mixture::Request> samples_;
  std::vector<mixture::Answer> answers_;
  std::map<Lane, uint64_t> lanes_;
  std::map<std::pair<Destination, StateCode>, uint64_t> tallies_;
  std::vector<store::InboxMark> marks_;  // by practice
  double content_bytes_ = 0;
  double answer_bytes_ = 0;
};

// The first request that could be handed out, with its content.
void FirstOf(const store::Recovered& recovered, const store::Store& store);

}  // namespace ecluse::bench
