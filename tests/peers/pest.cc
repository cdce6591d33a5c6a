// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/pest.h"

#include <fmt/format.h>

#include <cerrno>
#include <utility>

#include "tests/peers/house.h"

namespace ecluse::peers {

Pest::Pest(zmq::context_t& context, const LinkOptions& link, int number, Manner manner)
    : link_(link), number_(number), manner_(manner), random_(static_cast<unsigned>(number)) {
  const bool reads = manner != Manner::kNeverReads && manner != Manner::kInboxUnread;
  if (reads) socket_ = Dealer(context, link);
}

void Pest::Turn() {
  ++turns_;
  switch (manner_) {
    case Manner::kNeverReads:
      SayUnread(EncodeCall({1, wire::Operators{}}));
      SayUnread(Deposit(16, 1000));
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
      const Frames frames = Deposit(4, 25'000);
      for (int n = 0; n < 8 && Say(socket_, frames); ++n) continue;
      break;
    }
    case Manner::kInboxUnread:
      if (turns_ % 1000 == 1) SayUnread(Deposit(256, 100));
      for (int n = 0; n < 8; ++n) SayUnread(EncodeCall({1, wire::Inbox{0, 256}}));
      break;
  }
}

void Pest::SayUnread(const Frames& frames) {
  if (!bare_) {
    if (turns_ % 100 != 1) return;  // not again and again while the broker is away
    Bare bare{Tcp(link_.endpoint, 1000), Curve(link_)};
    if (bare.curve.Handshake(bare.tcp)) bare_.emplace(std::move(bare));
    return;
  }
  if (bare_->unsaid.empty()) {
    for (size_t i = 0; i < frames.size(); ++i) {
      bare_->unsaid += bare_->curve.Message(frames[i], i + 1 < frames.size() ? 1 : 0);
    }
  }
  errno = 0;
  bare_->unsaid.erase(0, bare_->tcp.SayAtOnce(bare_->unsaid));
  if (errno != 0 && errno != EAGAIN && errno != EINTR) bare_.reset();
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
