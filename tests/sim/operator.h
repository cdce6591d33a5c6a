// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

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
  std::optional<Outcome> Probe(RequestId request) const;

  // What a person learns who calls them: true, it has it; nullopt: it may still be on its way.
  std::optional<bool> Has(RequestId request) const;
  // The house slept: whatever was on its way is there by now.
  void ArriveAll();

 private:
  struct OnItsWay {
    Envelope envelope;
    std::string content;
    Then then;
  };
  struct Line {
    outcome::Answered answer;
    absl::Time ready_at;  // when it will tell the answer
    bool told = false;    // the broker noted an answer that came by itself
  };

  void Arrive(uint64_t number);
  // nullopt: it goes on to accept or reject it.
  std::optional<Outcome> Hinder();
  Outcome Decide(const Envelope& envelope, const std::string& content);
  void Accept(const Envelope& envelope, const std::string& content);
  Outcome Tell(const Line& line) const;
  void PushLater(RequestId request, absl::Duration wait);
  void Push(RequestId request);
  void OpenAndClose();
  void Reply(Then then, Outcome outcome);

  World& world_;
  const Destination destination_;
  const Policy policy_;
  bool open_ = true;
  uint64_t number_ = 0;
  std::map<uint64_t, OnItsWay> on_its_way_;
  std::map<RequestId, Line> ledger_;
  std::map<RequestId, bool> refused_;  // drawn once: it does not change its mind
};

}  // namespace ecluse::sim
