// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/interlude.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "broker/runtime/vitals.h"

namespace ecluse {

namespace {

constexpr absl::Duration kPatience = absl::Milliseconds(200);
constexpr absl::Duration kTellEvery = absl::Minutes(1);

}  // namespace

std::vector<wire::Reply> RefusalOf(const Received& received) {
  if (!std::holds_alternative<identity::Practice>(received.who) || received.oversized) return {};
  Frames frames = received.frames;
  auto decoded = DecodeCall(std::move(frames));
  const auto* call = std::get_if<wire::Call>(&decoded);
  if (call == nullptr) return {};
  const auto* deposit = std::get_if<wire::Deposit>(&call->body);
  if (deposit == nullptr) return {};
  wire::DepositResult result;
  for (size_t i = 0; i < deposit->items.size(); ++i) {
    result.results.emplace_back(Error{ErrorCode::kDiskLow, fmt::format("items[{}]", i)});
  }
  return {{call->correlation, std::move(result)}};
}

void Interlude::Hear(absl::Duration patience) {
  if (ports_.transport == nullptr) {
    std::this_thread::sleep_for(absl::ToChronoMilliseconds(patience));
    return;
  }
  for (const Received& received : ports_.transport->Receive(patience)) {
    for (const wire::Reply& reply : RefusalOf(received)) {
      ports_.transport->Send(received.peer, EncodeReply(reply));
    }
  }
}

bool Interlude::Wait(absl::Duration pause) {
  ports_.ballast.GiveBack();
  absl::Time next = ports_.clock.Now() + pause;
  absl::Time told = absl::InfinitePast();
  while (!ports_.stop.came()) {
    const absl::Time now = ports_.clock.Now();
    ports_.manager.Alive(now);
    if (now >= next) {
      const absl::Status tried = TryDisk(ports_.directory, Ballast::kBytes);
      if (tried.ok()) {
        spdlog::warn("the disk of {} is well: the store is opened again", ports_.directory);
        return true;
      }
      if (now - told >= kTellEvery) {
        spdlog::error("waiting for the disk: {}", std::string(tried.message()));
        told = now;
      }
      next = now + std::clamp(pause, kFirstPause, kMostPause);
    }
    Hear(std::min(kPatience, std::max(next - now, absl::Milliseconds(10))));
  }
  return false;
}

}  // namespace ecluse
