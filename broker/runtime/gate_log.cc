// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/gate_log.h"

#include <spdlog/spdlog.h>

#include <string>

namespace ecluse {
namespace {

const char* Text(GateCode code) {
  switch (code) {
    case GateCode::kOpen:
      return "open";
    case GateCode::kClosed:
      return "closed";
    case GateCode::kCanary:
      return "open for one request first";
    case GateCode::kSuspected:
      return "suspected, one at a time";
    case GateCode::kRamping:
      return "open for more and more";
    case GateCode::kReclosed:
      return "closed again";
  }
  return "?";
}

spdlog::level::level_enum LevelOf(const GateState& gate) {
  if (gate.asks) return spdlog::level::err;
  const bool fell = gate.code == GateCode::kReclosed || gate.code == GateCode::kSuspected;
  return fell ? spdlog::level::warn : spdlog::level::info;
}

std::string Until(absl::Time time) { return absl::FormatTime(time, absl::UTCTimeZone()); }

void TellHour(const std::string& name, const GateState& gate) {
  if (gate.announced == absl::InfiniteFuture()) {
    spdlog::info("gate {}: no announced hour any more, by {}", name, gate.announced_by);
  } else {
    spdlog::info("gate {}: announced for {}, written down by {}, slips so far: {}", name,
                 Until(gate.announced), gate.announced_by, gate.slips);
  }
}

void TellGate(const std::string& name, const GateState& gate) {
  const std::string by = gate.by.empty() ? "the broker: " + gate.reason : gate.by;
  std::string next;
  if (gate.asks) {
    next = "; only `eclusectl reopen` goes on";
  } else if (gate.paused_until > absl::InfinitePast()) {
    next = "; nothing before " + Until(gate.paused_until);
  }
  spdlog::log(LevelOf(gate), "gate {}: {}, by {}{}", name, Text(gate.code), by, next);
}

}  // namespace

void GateLog::Note(const store::Batch& batch) {
  for (const auto& [destination, gate] : batch.gates) {
    const bool open = gate.code == GateCode::kOpen;
    const auto [at, fresh] = gates_.try_emplace(destination, Known{gate.code, gate.announced});
    Known& known = at->second;
    const std::string name = ToString(destination);
    if (fresh || known.code != gate.code) TellGate(name, gate);
    const bool hour = gate.code == GateCode::kClosed && known.announced != gate.announced;
    if (hour || (fresh && !open && gate.announced < absl::InfiniteFuture())) TellHour(name, gate);
    known = {gate.code, gate.announced};
  }
}

}  // namespace ecluse
