// SPDX-License-Identifier: Apache-2.0
#include "adapters/link.h"

#include <absl/container/flat_hash_map.h>
#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <zmq.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <deque>
#include <random>
#include <utility>
#include <zmq.hpp>

#include "proto/codec.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

// Deadlines and patience must not jump with the wall clock.
absl::Time SteadyNow() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

constexpr int kFarewellMillis = 200;
constexpr char kErrorUrl[] = "ecluse/error";

struct Pending {
  Frames frames;
  absl::Time deadline;
  absl::Time say_again_at;
  absl::Duration patience;
  absl::Duration held;
  bool queued = false;  // in Parts::unsaid
};

}  // namespace

struct Link::Parts {
  LinkOptions options;
  zmq::context_t context{1};
  zmq::socket_t socket;
  zmq::socket_t monitor;
  int wake_fd = -1;
  int generation = 0;  // of the socket; names the monitor's endpoint
  Ticket last_ticket = 0;
  absl::flat_hash_map<Ticket, Pending> pending;
  std::deque<Ticket> unsaid;
  std::deque<Arrival> ended;
  absl::Time next_due = absl::InfiniteFuture();  // no call is due before it
  int silent_rounds = 0;
  uint64_t connections = 0;
  bool lost = false;    // the connection was lost, and is not back yet
  std::string trouble;  // what the connection last complained of
  std::mt19937_64 random{std::random_device{}()};

  ~Parts() {
    if (wake_fd >= 0) ::close(wake_fd);
  }

  void Connect();
  void Queue(Ticket ticket, Pending& call, absl::Time now);
  void QueueAll(absl::Time now);
  void SayUnsaid();
  bool SayNow(const Frames& frames);
  bool Read();
  void Take(Frames frames);
  void Due(absl::Time now);
  void ReadMonitor();
  bool Poll(absl::Duration patience);
  absl::Duration Jitter(absl::Duration d) {
    return d * std::uniform_real_distribution<double>(0.8, 1.2)(random);
  }
};

// Throws zmq::error_t when the endpoint or a key is not well-formed.
void Link::Parts::Connect() {
  lost = false;
  monitor.close();
  socket.close();
  socket = zmq::socket_t(context, zmq::socket_type::dealer);
  // Never zero: closed in the middle of a message on a connection that goes at the same moment,
  // libzmq 4.3.4 aborts.
  socket.set(zmq::sockopt::linger, kFarewellMillis);
  // A bound here makes libzmq 4.3.4 abort when a connection breaks while it is reached; what a
  // broker says to one peer is bounded by what the peer asked.
  socket.set(zmq::sockopt::rcvhwm, 0);
  // Nothing is queued for a broker that is away: what is said again would pile up there.
  socket.set(zmq::sockopt::immediate, true);
  socket.set(zmq::sockopt::reconnect_ivl, 25);
  socket.set(zmq::sockopt::reconnect_ivl_max, 5000);
  socket.set(zmq::sockopt::heartbeat_ivl, 5000);
  socket.set(zmq::sockopt::heartbeat_timeout, 15000);
  socket.set(zmq::sockopt::maxmsgsize, static_cast<int64_t>(limits::kBytesPerReply));
  socket.set(zmq::sockopt::curve_serverkey, options.broker_key);
  socket.set(zmq::sockopt::curve_publickey, options.public_key);
  socket.set(zmq::sockopt::curve_secretkey, options.secret_key);
  const std::string events = fmt::format("inproc://events-{}", ++generation);
  if (zmq_socket_monitor(socket.handle(), events.c_str(),
                         ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH |
                             ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
                             ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
                             ZMQ_EVENT_HANDSHAKE_SUCCEEDED) != 0) {
    throw zmq::error_t();
  }
  monitor = zmq::socket_t(context, zmq::socket_type::pair);
  monitor.set(zmq::sockopt::linger, 0);
  monitor.connect(events);
  socket.connect(options.endpoint);
  ++connections;
}

void Link::Parts::Queue(Ticket ticket, Pending& call, absl::Time now) {
  call.say_again_at = now + call.held + Jitter(call.patience);
  next_due = std::min(next_due, std::min(call.say_again_at, call.deadline));
  if (call.queued) return;
  call.queued = true;
  unsaid.push_back(ticket);
}

void Link::Parts::QueueAll(absl::Time now) {
  std::vector<Ticket> tickets;
  for (const auto& [ticket, call] : pending) tickets.push_back(ticket);
  std::sort(tickets.begin(), tickets.end());
  for (const Ticket ticket : tickets) Queue(ticket, pending.at(ticket), now);
}

void Link::Parts::SayUnsaid() {
  while (!unsaid.empty()) {
    const auto found = pending.find(unsaid.front());
    if (found != pending.end()) {
      if (!SayNow(found->second.frames)) return;
      found->second.queued = false;
    }
    unsaid.pop_front();
  }
}

// False: there is no connection, or it takes no more for now.
bool Link::Parts::SayNow(const Frames& frames) {
  try {
    for (size_t i = 0; i < frames.size(); ++i) {
      const auto flags = i + 1 < frames.size()
                             ? zmq::send_flags::dontwait | zmq::send_flags::sndmore
                             : zmq::send_flags::dontwait;
      if (!socket.send(zmq::buffer(frames[i]), flags)) return false;
    }
    return true;
  } catch (const zmq::error_t& error) {
    trouble = error.what();
    return false;
  }
}

// Takes one message if there is one.
bool Link::Parts::Read() {
  Frames frames;
  try {
    zmq::message_t part;
    if (!socket.recv(part, zmq::recv_flags::dontwait)) return false;
    frames.push_back(part.to_string());
    while (part.more()) {
      if (!socket.recv(part, zmq::recv_flags::none)) return false;
      frames.push_back(part.to_string());
    }
  } catch (const zmq::error_t& error) {
    trouble = error.what();
    return false;
  }
  Take(std::move(frames));
  return true;
}

// An answer to a call that ended, or was answered twice, finds no ticket and is dropped.
void Link::Parts::Take(Frames frames) {
  trouble.clear();
  silent_rounds = 0;
  auto decoded = DecodeReply(std::move(frames));
  if (auto* reply = std::get_if<wire::Reply>(&decoded)) {
    if (pending.erase(reply->correlation) == 0) return;
    ended.push_back({reply->correlation, std::move(reply->body)});
    return;
  }
  const BadMessage& bad = std::get<BadMessage>(decoded);
  if (pending.erase(bad.correlation) == 0) return;
  ended.push_back({bad.correlation,
                   absl::DataLossError("the broker's reply can't be read: " + bad.error.field)});
}

void Link::Parts::Due(absl::Time now) {
  if (now < next_due) return;
  next_due = absl::InfiniteFuture();
  bool silent = false;
  std::vector<Ticket> over;
  for (auto& [ticket, call] : pending) {
    if (now >= call.deadline) {
      over.push_back(ticket);
      continue;
    }
    if (now >= call.say_again_at) {
      silent = true;
      call.patience = std::min(call.patience * 2, options.patience_most);
      Queue(ticket, call, now);
    }
    next_due = std::min(next_due, std::min(call.say_again_at, call.deadline));
  }
  for (const Ticket ticket : over) {
    pending.erase(ticket);
    ended.push_back({ticket, absl::DeadlineExceededError(
                                 trouble.empty() ? "no answer from the broker in time"
                                                 : "no answer from the broker: " + trouble)});
  }
  if (!silent || ++silent_rounds < options.silences) return;
  silent_rounds = 0;
  try {
    Connect();
    QueueAll(now);
  } catch (const zmq::error_t& error) {
    trouble = error.what();
  }
}

// What was under way on a lost connection is said again as soon as there is a new one. Not before:
// right after the loss the socket still takes messages for the old one, and drops them with it.
void Link::Parts::ReadMonitor() {
  bool back = false;
  zmq::message_t part;
  while (monitor.recv(part, zmq::recv_flags::dontwait)) {
    uint16_t event = 0;
    if (part.size() >= sizeof(event)) std::memcpy(&event, part.data(), sizeof(event));
    while (part.more()) {
      if (!monitor.recv(part, zmq::recv_flags::none)) return;
    }
    if (event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED) {
      back = back || lost;
      lost = false;
      continue;
    }
    lost = lost || event == ZMQ_EVENT_DISCONNECTED;
    trouble = event == ZMQ_EVENT_DISCONNECTED            ? "the connection was lost"
              : event == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH ? "the broker does not know our key"
                                                         : "the keys do not fit";
  }
  if (!back) return;
  ++connections;
  QueueAll(SteadyNow());
}

// True: somebody called Wake().
bool Link::Parts::Poll(absl::Duration patience) {
  const auto out = static_cast<short>(unsaid.empty() ? ZMQ_POLLIN : ZMQ_POLLIN | ZMQ_POLLOUT);
  zmq::pollitem_t items[] = {{socket.handle(), 0, out, 0},
                             {monitor.handle(), 0, ZMQ_POLLIN, 0},
                             {nullptr, wake_fd, ZMQ_POLLIN, 0}};
  const auto wait =
      std::clamp(absl::ToInt64Milliseconds(absl::Ceil(patience, absl::Milliseconds(1))), int64_t{0},
                 int64_t{3'600'000});
  try {
    zmq::poll(items, 3, std::chrono::milliseconds(wait));
    if (items[1].revents != 0) ReadMonitor();
  } catch (const zmq::error_t& error) {
    trouble = error.what();  // a signal came; the caller looks around and polls again
  }
  uint64_t woken = 0;
  return ::read(wake_fd, &woken, sizeof(woken)) > 0;
}

Link::Link(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Link::~Link() = default;

absl::StatusOr<std::unique_ptr<Link>> Link::Open(LinkOptions options) {
  auto parts = std::make_unique<Parts>();
  parts->options = std::move(options);
  parts->wake_fd = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (parts->wake_fd < 0) return absl::ResourceExhaustedError("no file descriptor for the link");
  try {
    parts->Connect();
  } catch (const zmq::error_t& error) {
    return absl::InvalidArgumentError(
        fmt::format("can't connect to {}: {}", parts->options.endpoint, error.what()));
  }
  return std::unique_ptr<Link>(new Link(std::move(parts)));
}

Link::Ticket Link::Start(wire::CallBody body, absl::Duration within, absl::Duration held) {
  const absl::Time now = SteadyNow();
  const Ticket ticket = ++parts_->last_ticket;
  Pending& call = parts_->pending[ticket];
  call.frames = EncodeCall({.correlation = ticket, .body = std::move(body)});
  call.deadline = now + within;
  call.patience = parts_->options.patience;
  call.held = held;
  parts_->Queue(ticket, call, now);
  parts_->SayUnsaid();
  return ticket;
}

void Link::Forget(Ticket ticket) { parts_->pending.erase(ticket); }

uint64_t Link::Connections() const { return parts_->connections; }

size_t Link::InFlight() const { return parts_->pending.size(); }

std::optional<Link::Arrival> Link::Next(absl::Duration within) {
  const absl::Time until = SteadyNow() + within;
  for (;;) {
    parts_->SayUnsaid();
    while (parts_->ended.empty() && parts_->Read()) {
    }
    const absl::Time now = SteadyNow();
    parts_->Due(now);
    if (!parts_->ended.empty()) {
      Arrival arrival = std::move(parts_->ended.front());
      parts_->ended.pop_front();
      return arrival;
    }
    if (now >= until) return std::nullopt;
    if (parts_->Poll(std::min(until, parts_->next_due) - now)) return std::nullopt;
  }
}

absl::StatusOr<wire::ReplyBody> Link::Ask(wire::CallBody body, absl::Duration within) {
  const Ticket ticket = Start(std::move(body), within);
  for (;;) {
    auto arrival = Next(absl::InfiniteDuration());
    if (arrival && arrival->ticket == ticket) return std::move(arrival->reply);
  }
}

void Link::Wake() {
  const uint64_t one = 1;
  // The only failure is a full counter, and then the link is awake already.
  [[maybe_unused]] const auto written = ::write(parts_->wake_fd, &one, sizeof(one));
}

absl::Status ToStatus(const Error& error) {
  const auto code = std::to_string(static_cast<int>(error.code));
  std::string message = "the broker refuses, error " + code;
  if (!error.field.empty()) message += " at " + error.field;
  for (const Problem& problem : error.problems) {
    if (problem.severity != Severity::kError) continue;
    message += "; " + problem.rule + (problem.path.empty() ? "" : " at " + problem.path);
  }
  auto status = absl::FailedPreconditionError(message);
  status.SetPayload(kErrorUrl, absl::Cord(code));
  return status;
}

ErrorCode CodeOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kErrorUrl);
  if (!payload) return ErrorCode::kNone;
  const std::string text(*payload);
  uint16_t code = 0;
  std::from_chars(text.data(), text.data() + text.size(), code);
  return static_cast<ErrorCode>(code);
}

}  // namespace ecluse
