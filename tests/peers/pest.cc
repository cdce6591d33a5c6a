// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/pest.h"

#include <fmt/format.h>

#include <utility>

#include "tests/peers/house.h"

namespace ecluse::peers {

Pest::Pest(zmq::context_t& context, const LinkOptions& link, int number, Manner manner)
    : socket_(Dealer(context, link, manner == Manner::kFlood ? 64 : 1)),
      number_(number),
      manner_(manner),
      random_(static_cast<unsigned>(number)) {}

void Pest::Turn() {
  ++turns_;
  switch (manner_) {
    case Manner::kNeverReads:
      for (int n = 0; n < 4; ++n) Say(socket_, EncodeCall({1, wire::Operators{}}));
      Say(socket_, Deposit(16, 1000));
      break;
    case Manner::kReadsSlowly:
      Say(socket_, Deposit(4, 1000));
      if (turns_ % 50 == 0) Hear(socket_);
      break;
    case Manner::kGarbage: {
      Frames frames(1 + random_() % 8);
      for (std::string& frame : frames) {
        frame.resize(random_() % 2000);
        for (char& c : frame) c = static_cast<char>(random_());
      }
      Say(socket_, frames);
      Hear(socket_);
      break;
    }
    case Manner::kFlood: {
      const Frames frames = Deposit(4, 100'000);
      for (int n = 0; n < 8 && Say(socket_, frames); ++n) continue;
      break;
    }
    case Manner::kInboxUnread:
      if (turns_ == 1) Say(socket_, Deposit(256, 100));
      for (int n = 0; n < 8; ++n) Say(socket_, EncodeCall({1, wire::Inbox{0, 256}}));
      break;
  }
}

Frames Pest::Deposit(size_t items, size_t bytes) {
  wire::Deposit deposit;
  for (size_t i = 0; i < items; ++i) {
    wire::Deposit::Item item;
    item.destination = {{House::kOperator}, {House::kService}};
    item.finess = House::Finess(number_);
    item.reference = fmt::format("pest-{}-{}", number_, i);
    item.format = "application/xml";
    item.content.assign(bytes, 'p');
    deposit.items.push_back(std::move(item));
  }
  return EncodeCall({1, std::move(deposit)});
}

}  // namespace ecluse::peers
