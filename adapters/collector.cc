// SPDX-License-Identifier: Apache-2.0
#include "adapters/collector.h"

#include <algorithm>

#include "adapters/carried.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

constexpr size_t kUnderWay = 16;
constexpr size_t kBytesUnderWay = limits::kBytesPerCall;
constexpr absl::Duration kLongestPause = absl::Hours(24);

// Refusals that speak of this adapter or of the moment, and not of what was said: it is worth
// saying again, once somebody has mended that.
bool IsForNow(ErrorCode code) {
  return code == ErrorCode::kVersion || code == ErrorCode::kForbidden ||
         code == ErrorCode::kDiskLow || code == ErrorCode::kNotServed;
}

// What the broker says of one item; nullopt: nothing that lasts.
std::optional<ErrorCode> CodeIn(const Link::Arrival& arrival) {
  if (!arrival.reply.ok()) return std::nullopt;
  if (const auto* error = std::get_if<Error>(&*arrival.reply)) return error->code;
  const auto* noted = std::get_if<wire::Noted>(&*arrival.reply);
  if (noted == nullptr || noted->results.size() != 1) return std::nullopt;
  return noted->results[0];
}

std::string NumberOf(std::optional<ErrorCode> code) {
  return code ? std::to_string(static_cast<int>(*code)) : "unknown";
}

}  // namespace

Collector::Collector(Handler& handler, CollectorOptions options)
    : handler_(handler), options_(std::move(options)) {}

Collector::~Collector() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Collector::Start() {
  if (!thread_.joinable()) thread_ = std::thread([this] { Work(); });
}

void Collector::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    open_ -= to_say_.size();
    to_say_.clear();
  }
  changed_.notify_all();
}

bool Collector::Quiet() {
  const std::lock_guard lock(mutex_);
  return under_way_.empty() && to_tell_.empty() && !telling_;
}

// ---- on the collector's thread --------------------------------------------------------------

void Collector::Work() {
  TellAccounts();
  for (;;) {
    std::vector<News> news = Collected();
    TellAccounts();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_ || ending_) return;
      open_ = news.size();
      std::move(news.begin(), news.end(), std::back_inserter(to_say_));
    }
    options_.wake();
    if (!UntilAllAnswered() || !Pause()) return;
  }
}

void Collector::TellAccounts() {
  Accounts accounts;
  try {
    accounts = handler_.Accounts();
  } catch (...) {
    const std::lock_guard lock(mutex_);
    threw_ = true;
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    accounts_now_ = std::move(accounts);
    if (++times_told_ % kTellAgainEvery == 0) tell_again_ = true;
  }
  options_.wake();
}

std::vector<Handler::News> Collector::Collected() {
  try {
    return handler_.Collect();
  } catch (...) {
    const std::lock_guard lock(mutex_);
    threw_ = true;
    return {};
  }
}

// Tells the handler what was noted, as it comes. False: it is time to end.
bool Collector::UntilAllAnswered() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || !to_tell_.empty() || open_ == 0; });
    if (ending_) return false;
    if (to_tell_.empty()) return true;
    const auto [news, code] = std::move(to_tell_.front());
    to_tell_.pop_front();
    telling_ = true;
    lock.unlock();
    bool threw = false;
    try {
      handler_.Noted(news, code);
    } catch (...) {
      threw = true;
    }
    lock.lock();
    telling_ = false;
    threw_ = threw_ || threw;
    options_.wake();
  }
}

bool Collector::Pause() {
  const auto pause = absl::ToChronoMilliseconds(std::min(options_.every, kLongestPause));
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, pause, [this] { return stopping_ || ending_; });
  return !stopping_ && !ending_;
}

// ---- on the worker's thread -----------------------------------------------------------------

void Collector::Say(Link& link) {
  bool threw = false;
  {
    const std::lock_guard lock(mutex_);
    std::swap(threw, threw_);
  }
  if (threw) Log("the handler threw while it was asked what came by itself");
  SayNews(link);
  SayAccounts(link);
}

void Collector::SayNews(Link& link) {
  while (under_way_.size() < kUnderWay) {
    News news;
    {
      const std::lock_guard lock(mutex_);
      if (to_say_.empty()) return;
      const size_t bytes = BodyBytes(to_say_.front().outcome);
      if (!under_way_.empty() && bytes_under_way_ + bytes > kBytesUnderWay) return;
      news = std::move(to_say_.front());
      to_say_.pop_front();
    }
    std::optional<Outcome> carried = Carried(news.outcome);
    if (!carried) {
      Log("the answer that came by itself to request " + std::to_string(news.request.value) +
          " is too large to carry: it has to be fetched by other means");
      Settle(std::move(news), ErrorCode::kAnswerTooLarge);
      continue;
    }
    const auto ticket =
        link.Start(wire::Answer{news.request, *std::move(carried)}, absl::InfiniteDuration());
    bytes_under_way_ += BodyBytes(news.outcome);
    under_way_.emplace(ticket, std::move(news));
  }
}

// All of them whenever one changed; as many calls as they need, one at a time.
void Collector::SayAccounts(Link& link) {
  if (link.Connections() != connections_) {
    connections_ = link.Connections();
    const std::lock_guard lock(mutex_);
    tell_again_ = true;
  }
  if (accounts_ticket_) return;
  if (accounts_said_ == accounts_saying_.size()) {
    const std::lock_guard lock(mutex_);
    if (!accounts_now_ || stopping_) return;
    if (*accounts_now_ == accounts_noted_ && !tell_again_) return accounts_now_.reset();
    tell_again_ = false;
    accounts_saying_ = *std::exchange(accounts_now_, std::nullopt);
    accounts_said_ = 0;
    if (accounts_saying_.empty()) return;
  }
  const auto first = accounts_saying_.begin() + static_cast<std::ptrdiff_t>(accounts_said_);
  const size_t left = accounts_saying_.size() - accounts_said_;
  const auto count = static_cast<std::ptrdiff_t>(std::min(left, limits::kAccountsPerCall));
  accounts_ticket_ =
      link.Start(wire::Accounts{Accounts(first, first + count)}, absl::InfiniteDuration());
}

bool Collector::Hear(const Link::Arrival& arrival) {
  if (accounts_ticket_ == arrival.ticket) {
    HearAccounts(arrival);
    return true;
  }
  auto found = under_way_.extract(arrival.ticket);
  if (found.empty()) return false;
  bytes_under_way_ -= BodyBytes(found.mapped().outcome);
  HearNews(std::move(found.mapped()), arrival);
  return true;
}

void Collector::HearNews(News news, const Link::Arrival& arrival) {
  std::optional<ErrorCode> code = CodeIn(arrival);
  // Operators say the same again and again: that is no news for ops.
  if (code != ErrorCode::kNone && code != ErrorCode::kStale) {
    Log("the answer that came by itself to request " + std::to_string(news.request.value) +
        " changed nothing: error " + NumberOf(code));
  }
  if (code && IsForNow(*code)) code.reset();
  Settle(std::move(news), code);
}

void Collector::HearAccounts(const Link::Arrival& arrival) {
  accounts_ticket_.reset();
  const auto* noted = arrival.reply.ok() ? std::get_if<wire::Noted>(&*arrival.reply) : nullptr;
  if (noted == nullptr) {
    Log("the broker did not take the accounts: error " + NumberOf(CodeIn(arrival)));
    // They are said again after the next collection.
    accounts_saying_.clear();
    accounts_said_ = 0;
    return;
  }
  accounts_said_ = std::min(accounts_said_ + limits::kAccountsPerCall, accounts_saying_.size());
  if (accounts_said_ == accounts_saying_.size()) accounts_noted_ = accounts_saying_;
}

// `told`: what the handler hears of it; nullopt: nothing, it is to give it again.
void Collector::Settle(News news, std::optional<ErrorCode> told) {
  {
    const std::lock_guard lock(mutex_);
    --open_;
    if (told) to_tell_.emplace_back(std::move(news), *told);
  }
  changed_.notify_all();
}

void Collector::Log(const std::string& line) const {
  if (options_.log) options_.log(line);
}

}  // namespace ecluse
