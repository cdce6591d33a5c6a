// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/script.h"

#include <absl/time/clock.h>

#include <algorithm>
#include <type_traits>
#include <utility>
#include <zmq.hpp>

#include "proto/codec.h"

namespace ecluse::conformance {
namespace {

constexpr int kLookMillis = 5;
// However long a pull would wait: a play wants to see the next one soon.
constexpr absl::Duration kLongestWait = absl::Milliseconds(300);
constexpr absl::Duration kSilence = absl::Seconds(30);

void Send(zmq::socket_t& socket, const std::string& peer, const wire::Reply& reply) {
  socket.send(zmq::buffer(peer), zmq::send_flags::sndmore);
  const Frames frames = EncodeReply(reply);
  for (size_t i = 0; i < frames.size(); ++i) {
    const bool last = i + 1 == frames.size();
    socket.send(zmq::buffer(frames[i]), last ? zmq::send_flags::none : zmq::send_flags::sndmore);
  }
}

// One message, if there is one: who says it, and what.
std::optional<std::pair<std::string, Frames>> Receive(zmq::socket_t& socket) {
  zmq::message_t peer;
  if (!socket.recv(peer)) return std::nullopt;
  std::pair<std::string, Frames> heard{peer.to_string(), {}};
  for (bool more = peer.more(); more;) {
    zmq::message_t part;
    (void)socket.recv(part);
    more = part.more();
    heard.second.push_back(part.to_string());
  }
  return heard;
}

}  // namespace

Script::Script(const KeyPair& keys) : keys_(keys) {
  thread_ = std::thread([this] { Run(); });
  bound_.wait(false);
}

Script::~Script() {
  ending_ = true;
  thread_.join();
}

std::string Script::endpoint() const { return "tcp://127.0.0.1:" + std::to_string(port_); }

void Script::Give(wire::Work work) {
  const std::lock_guard lock(mutex_);
  to_give_.push_back(std::move(work));
}

uint64_t Script::Pulls() const {
  const std::lock_guard lock(mutex_);
  return pulls_;
}

std::optional<StoreEpoch> Script::BegunWith(RequestId id) const {
  const std::lock_guard lock(mutex_);
  const auto found = begun_.find(id);
  if (found == begun_.end()) return std::nullopt;
  return found->second;
}

bool Script::Reported(RequestId id) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::count(reported_, id) > 0;
}

bool Script::Checked(RequestId id, JobId job) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::count(checked_, std::pair{id, job}) > 0;
}

bool Script::Left() const {
  const std::lock_guard lock(mutex_);
  return left_;
}

wire::Proceed Script::Proceed(const wire::Begin& begin) {
  wire::Proceed proceed;
  left_ = false;
  for (const wire::Attempt& attempt : begin.attempts) {
    begun_[attempt.request] = begin.epoch;
    const auto given = given_.find(attempt.request);
    const bool same = given != given_.end() && given->second == begin.epoch;
    proceed.items.push_back({attempt, same ? ErrorCode::kNone : ErrorCode::kFenced, kSilence});
  }
  return proceed;
}

// nullopt: a pull, which waits.
std::optional<wire::ReplyBody> Script::Answer(const wire::CallBody& call) {
  const std::lock_guard lock(mutex_);
  const auto noted = [](size_t items) { return wire::Noted{std::vector(items, ErrorCode::kNone)}; };
  if (const auto* pull = std::get_if<wire::Pull>(&call)) {
    ++pulls_;
    puller_ = pull->worker;
    left_ = false;
    return std::nullopt;
  }
  if (const auto* begin = std::get_if<wire::Begin>(&call)) return Proceed(*begin);
  if (const auto* report = std::get_if<wire::Report>(&call)) {
    for (const auto& item : report->items) reported_.push_back(item.attempt.request);
    return noted(report->items.size());
  }
  if (const auto* checked = std::get_if<wire::Checked>(&call)) {
    for (const auto& item : checked->items) checked_.emplace_back(item.request, item.job);
    return noted(checked->items.size());
  }
  if (const auto* leave = std::get_if<wire::Leave>(&call)) {
    left_ = leave->worker == puller_;
    return wire::Noted{};
  }
  if (const auto* accounts = std::get_if<wire::Accounts>(&call)) {
    return noted(accounts->items.size());
  }
  if (std::holds_alternative<wire::Answer>(call)) return noted(1);
  return Error{ErrorCode::kForbidden, ""};
}

std::optional<wire::Work> Script::WorkFor(const Waiting& pull) {
  const std::lock_guard lock(mutex_);
  if (!to_give_.empty()) {
    wire::Work work = std::move(to_give_.front());
    to_give_.pop_front();
    for (const wire::Task& task : work.tasks) given_[task.envelope.id] = work.epoch;
    greatest_ = std::max(greatest_, work.epoch);
    return work;
  }
  if (absl::Now() < pull.until) return std::nullopt;
  return wire::Work{{}, greatest_};
}

void Script::Run() {
  zmq::context_t context;
  zmq::socket_t socket(context, zmq::socket_type::router);
  socket.set(zmq::sockopt::linger, 200);  // as the broker: zero can abort libzmq
  socket.set(zmq::sockopt::rcvtimeo, kLookMillis);
  socket.set(zmq::sockopt::curve_server, true);
  socket.set(zmq::sockopt::curve_secretkey, keys_.secret_key);
  socket.bind("tcp://127.0.0.1:*");
  const std::string endpoint = socket.get(zmq::sockopt::last_endpoint);
  port_ = std::stoi(endpoint.substr(endpoint.rfind(':') + 1));
  bound_ = true;
  bound_.notify_all();
  std::optional<Waiting> pull;
  while (!ending_) {
    if (auto heard = Receive(socket)) {
      auto decoded = DecodeCall(std::move(heard->second));
      const auto* call = std::get_if<wire::Call>(&decoded);
      if (call == nullptr) {
        const auto& bad = std::get<BadMessage>(decoded);
        Send(socket, heard->first, {bad.correlation, bad.error});
      } else if (auto reply = Answer(call->body)) {
        Send(socket, heard->first, {call->correlation, *std::move(reply)});
      } else {
        const absl::Duration wait = std::get<wire::Pull>(call->body).wait;
        pull = {heard->first, call->correlation, absl::Now() + std::min(wait, kLongestWait)};
      }
    }
    if (!pull) continue;
    if (auto work = WorkFor(*pull)) {
      Send(socket, pull->peer, {pull->correlation, *std::move(work)});
      pull.reset();
    }
  }
}

}  // namespace ecluse::conformance
