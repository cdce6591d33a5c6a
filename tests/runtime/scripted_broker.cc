// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/scripted_broker.h"

namespace ecluse {

struct Broker::Parts {
  uint64_t remembered = 0;
};

BrokerScript& Script() {
  static BrokerScript script;
  return script;
}

Broker::Broker(const store::Reads&, Policies, Routes, const store::Recovered&, absl::Time, House)
    : parts_(std::make_unique<Parts>()) {
  Script() = {};
}
Broker::~Broker() = default;

void Broker::Tick(const Vitals& vitals, absl::Time, Step&) {
  Script().told.push_back("tick");
  Script().vitals.push_back(vitals);
}

void Broker::Handle(const Inbound& inbound, absl::Time, Step& step) {
  Script().told.push_back("handle " + std::to_string(inbound.call.correlation));
  step.batch.marks.push_back({{"a"}, ++parts_->remembered, 0});
  step.Say(inbound.peer, {inbound.call.correlation, wire::OperatorsResult{}});
}

void Broker::Finish(absl::Time, Step&) { Script().told.push_back("finish"); }

absl::Time Broker::NextWakeup() const { return Script().wakeup; }

}  // namespace ecluse
