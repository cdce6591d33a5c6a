// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/watch.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

namespace ecluse::peers {

Watch::Watch(House& house, int honest, Bounds bounds)
    : house_(house), honest_(honest), bounds_(bounds) {
  auto client = Client::Connect(house.Practice(honest));
  if (!client.ok()) GiveUp(std::string(client.status().message()));
  client_ = *std::move(client);
  if (const std::string trouble = Served(*client_, "the first"); !trouble.empty()) GiveUp(trouble);
  files_ = house.OpenFiles();
  memory_ = house.ResidentBytes();
}

std::string Watch::Trouble() {
  if (!house_.Alive()) return "the broker died: " + house_.LogTail();
  if (auto trouble = Served(*client_, "who was there before"); !trouble.empty()) return trouble;
  {
    const auto newcomer = Client::Connect(house_.Practice(honest_));
    if (auto trouble = Served(**newcomer, "who comes now"); !trouble.empty()) return trouble;
  }
  if (!FilesAreBack()) {
    return fmt::format("{} files were open before, {} are now", files_, house_.OpenFiles());
  }
  const uint64_t most = memory_ + bounds_.memory;
  if (house_.PeakBytes() > most) {
    return fmt::format("{} MiB were needed, of {}", house_.PeakBytes() >> 20, most >> 20);
  }
  return "";
}

std::string Watch::Served(Client& client, const std::string& who) {
  static uint64_t number = 0;  // of all watches: a reference is never used twice
  ++number;
  ++deposits_;
  wire::Deposit::Item item;
  item.destination = {{House::kOperator}, {House::kService}};
  item.finess = House::Finess(honest_);
  item.reference = fmt::format("honest-{}", number);
  item.format = "application/xml";
  item.content = "<demande/>";
  const auto receipt = client.Deposit(std::move(item), bounds_.patience);
  if (!receipt.ok()) return who + " got no receipt: " + std::string(receipt.status().message());
  return receipt->repeated ? who + " was told that its deposit is a repeat" : "";
}

bool Watch::FilesAreBack() const {
  const auto until =
      std::chrono::steady_clock::now() + absl::ToChronoMilliseconds(bounds_.patience);
  while (house_.OpenFiles() > files_ + bounds_.files) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

}  // namespace ecluse::peers
