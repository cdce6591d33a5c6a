// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/practice.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "tests/peers/house.h"

namespace ecluse::peers {
namespace {

constexpr std::chrono::milliseconds kPatience{3000};
constexpr std::chrono::milliseconds kUnsaid{20};  // no connection: soon again
// An inbox that has nothing is not asked all the time.
constexpr std::chrono::milliseconds kEmptyInbox{100};

std::string Reference(int practice, int deposit) {
  return fmt::format("peer-{}-{}", practice, deposit);
}

}  // namespace

Practice::Practice(zmq::context_t& context, const LinkOptions& link, int number, int deposits)
    : socket_(Dealer(context, link)), number_(number), deposits_(deposits) {}

bool Practice::done() const {
  return deposited_ == deposits_ && answers_.size() >= receipts_.size();
}

wire::CallBody Practice::NextCall() {
  inbox_next_ = !inbox_next_;
  if (!inbox_next_ || deposited_ == deposits_) return wire::Inbox{read_up_to_, 16};
  wire::Deposit::Item item;
  item.destination = {{House::kOperator}, {House::kService}};
  item.finess = House::Finess(number_);
  item.reference = Reference(number_, deposited_);
  item.format = "application/xml";
  item.content = fmt::format("<demande>{}</demande>", std::string(1000, 'c'));
  wire::Deposit deposit;
  deposit.items.push_back(std::move(item));
  return deposit;
}

void Practice::Turn(SteadyTime now) {
  if (done() || now < say_again_) return;
  if (!under_way_) {
    under_way_ = NextCall();
    ++correlation_;
  }
  const bool said = Say(socket_, EncodeCall({correlation_, *under_way_}));
  say_again_ = now + (said ? kPatience : kUnsaid);
}

int Practice::Listen() {
  int answered = 0;
  for (Frames frames = Hear(socket_); !frames.empty(); frames = Hear(socket_)) {
    auto decoded = DecodeReply(std::move(frames));
    if (auto* reply = std::get_if<wire::Reply>(&decoded)) answered += Take(std::move(*reply));
  }
  return answered;
}

// Late and repeated replies to earlier calls say nothing new, but receipts are written down.
bool Practice::Take(wire::Reply reply) {
  const bool mine = under_way_ && reply.correlation == correlation_;
  if (!mine) return false;
  const auto now = std::chrono::steady_clock::now();
  if (const auto* result = std::get_if<wire::DepositResult>(&reply.body)) {
    const auto* receipt = std::get_if<wire::Receipt>(&result->results.at(0));
    if (receipt == nullptr) return false;  // refused for now: said again after a patience
    receipts_.Heard(Reference(number_, deposited_), receipt->number.value);
    ++deposited_;
    say_again_ = now;
  } else if (const auto* inbox = std::get_if<wire::InboxResult>(&reply.body)) {
    for (const wire::InboxEntry& entry : inbox->entries) {
      if (entry.event == wire::Event::kAnswered && receipts_.Has(entry.request.value)) {
        answers_.Heard(entry.request.value, entry.position);
      }
      read_up_to_ = entry.position;
    }
    say_again_ = inbox->entries.empty() ? now + kEmptyInbox : now;
  } else {
    return false;
  }
  under_way_.reset();
  return true;
}

void Practice::SpoilBooks(bool doubled) {
  if (doubled) {
    receipts_.Heard(Reference(number_, 0), UINT64_MAX);
  } else {
    receipts_ = {};
  }
}

}  // namespace ecluse::peers
