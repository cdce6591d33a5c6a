// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "broker/core/policy.h"
#include "proto/envelope.h"
#include "proto/outcome.h"

namespace ecluse::sim {

struct World;

// One destination as it is at the operator: what it accepted, when it will answer, and how it
// behaves towards workers. It always tells the truth, if it tells anything. Its ledger is the
// witness.
class Operator {
 public:
  using Then = std::function<void(Outcome)>;

  Operator(World& world, Destination destination, const Policy& policy);

  void Start();

  // A request sets out. `then` is called when the operator replies, if it ever does.
  void Deliver(const Envelope& envelope, const std::string& content, Then then);
  // What became of a request; nullopt: it can't say now.
  std::optional<Outcome> Probe(const Envelope& envelope);

  // What a person learns who calls them: true, it has it; nullopt: it may still be on its way.
  std::optional<bool> Has(RequestId request) const;
  // Says once more all that it ever said of its own accord, where nobody can ask.
  void SayAgain();
  // Something that it says of its own accord is not noted yet.
  bool HasMoreToSay() const { return !to_say_.empty(); }
  // The house slept: whatever was on its way is there by now.
  void ArriveAll();

 private:
  struct OnItsWay {
    Envelope envelope;
    std::string content;
    uint64_t epoch = 0;  // of the credential that it came with
    Then then;
  };
  struct Word {
    absl::Time from;  // when it can be told
    Outcome what;
  };
  struct Line {
    Word answer;
    std::vector<Word> before;  // on the way, in order of time
    bool drops = false;        // before the answer it will say: a technical refusal
  };
  struct ToSay {
    RequestId request;
    Outcome what;
  };

  void Arrive(uint64_t number);
  // nullopt: it goes on to accept or reject it.
  std::optional<Outcome> Hinder(const OnItsWay& arrived);
  Outcome Decide(const Envelope& envelope, const std::string& content);
  void Accept(const Envelope& envelope, const std::string& content);
  Line DrawLine(RequestId request);
  Outcome Tell(const Line& line) const;
  void Drop(RequestId request);
  void SayLater(RequestId request, const Word& word);
  void Say(uint64_t number);
  void OpenAndClose();
  void Reply(Then then, Outcome outcome);

  World& world_;
  const Destination destination_;
  const Policy policy_;
  bool open_ = true;
  uint64_t number_ = 0;
  std::map<uint64_t, OnItsWay> on_its_way_;
  std::map<RequestId, Line> ledger_;
  std::map<uint64_t, ToSay> to_say_;
  std::map<RequestId, bool> refused_;  // drawn once: it does not change its mind
};

}  // namespace ecluse::sim
