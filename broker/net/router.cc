// SPDX-License-Identifier: Apache-2.0
#include "broker/net/router.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <random>
#include <utility>
#include <zmq.hpp>

#include "broker/net/line_watch.h"
#include "broker/net/unread.h"

namespace ecluse {
namespace {

using std::chrono::milliseconds;

constexpr char kDomain[] = "ecluse";
// A frame that is a little too long gets a clear error; one that is far too long ends the
// connection before it is read.
constexpr int64_t kMostFrameBytes =
    std::max(limits::kContentBytes, limits::kAnswerBytes) + (64 << 10);
constexpr size_t kMostCallBytes = limits::kEnvelopeFrameBytes + limits::kBytesPerCall;
constexpr int kBacklog = 512;
constexpr milliseconds kHeartbeat{10'000};
constexpr milliseconds kSilentPeer{30'000};
// The last replies get this long to leave. Never zero: closed in the middle of a message to a peer
// that goes at the same moment, libzmq 4.3.4 aborts (its issue 3442).
constexpr milliseconds kFarewell{1'000};
// ZMQ_ZERO_COPY_RECV, which zmq.h hides among its drafts; zmq_ctx_set(3) tells of it. Left on, each
// frame that waits keeps the whole buffer of 18 KiB that it was read into: a known key that sends
// tiny frames apart would make us hold hundreds of bytes for each one that Lines counts.
constexpr int kZeroCopyReceive = 10;
constexpr size_t kHandshakesPerTurn = 256;
// A turn that heard so much ends, though the limit allows more: the replies to all others wait for
// its end, and a flood would make each turn a long one.
constexpr size_t kEnoughBytes = std::min<size_t>(4 << 20, limits::kBytesPerTurn);
// Smaller replies are bounded well enough by their number.
constexpr size_t kCountedReplyBytes = 16 << 10;

// ZeroMQ's own names are five bytes and begin with a zero.
bool IsGivenName(const Peer& peer) { return peer.size() == 5 && peer.front() == '\0'; }

// nullopt: nothing there.
bool Take(zmq::socket_t& socket, zmq::message_t& frame) {
  for (;;) {
    try {
      return socket.recv(frame, zmq::recv_flags::dontwait).has_value();
    } catch (const zmq::error_t& error) {
      if (error.num() != EINTR) return false;
    }
  }
}

bool Put(zmq::socket_t& socket, zmq::message_t frame, bool more) {
  const auto flags =
      zmq::send_flags::dontwait | (more ? zmq::send_flags::sndmore : zmq::send_flags::none);
  for (;;) {
    try {
      return socket.send(frame, flags).has_value();
    } catch (const zmq::error_t& error) {
      if (error.num() != EINTR) return false;
    }
  }
}

std::string KeyOf(zmq::message_t& frame) {
  const char* user = zmq_msg_gets(frame.handle(), "User-Id");
  return user == nullptr ? "" : user;
}

// Throws zmq::error_t.
zmq::context_t CopyingContext() {
  zmq::context_t context;
  if (zmq_ctx_set(context.handle(), kZeroCopyReceive, 0) != 0) throw zmq::error_t();
  return context;
}

struct Lent {
  std::string bytes;
  std::shared_ptr<Unread::Claim> claim;
};

// Lends the frame to ZeroMQ without a copy; the claim ends when it was sent or dropped.
zmq::message_t Lend(std::string bytes, std::shared_ptr<Unread::Claim> claim) {
  auto* lent = new Lent{std::move(bytes), std::move(claim)};
  const auto give_back = [](void*, void* hint) { delete static_cast<Lent*>(hint); };
  return zmq::message_t(lent->bytes.data(), lent->bytes.size(), give_back, lent);
}

}  // namespace

class Router::Sockets {
 public:
  // Throws zmq::error_t.
  explicit Sockets(Options options)
      : options_(std::move(options)),
        context_(CopyingContext()),
        zap_(context_, zmq::socket_type::rep),
        router_(context_, zmq::socket_type::router),
        watch_(context_.handle(), router_.handle(),
               Lines(options_.most_unheard, options_.most_lines)) {}

  // Throws zmq::error_t.
  void Bind() {
    zap_.set(zmq::sockopt::linger, 0);
    zap_.bind("inproc://zeromq.zap.01");
    router_.set(zmq::sockopt::linger, static_cast<int>(kFarewell.count()));
    router_.set(zmq::sockopt::curve_server, true);
    router_.set(zmq::sockopt::curve_secretkey, options_.keys.secret_key);
    router_.set(zmq::sockopt::zap_domain, kDomain);
    router_.set(zmq::sockopt::maxmsgsize, kMostFrameBytes);
    // Never a bound here: with a queue that is full and a peer that goes just then, libzmq 4.3.4
    // aborts at the next ping. Bytes that wait are bounded by Lines.
    router_.set(zmq::sockopt::rcvhwm, 0);
    // libzmq learns in steps of half a queue what a peer has taken, so a queue that holds N replies
    // for certain has room for more than twice N.
    router_.set(zmq::sockopt::sndhwm, 3 * limits::kPeerQueue);
    router_.set(zmq::sockopt::backlog, kBacklog);
    router_.set(zmq::sockopt::handshake_ivl, static_cast<int>(Lines::kHandshake.count()));
    router_.set(zmq::sockopt::heartbeat_ivl, static_cast<int>(kHeartbeat.count()));
    router_.set(zmq::sockopt::heartbeat_timeout, static_cast<int>(kSilentPeer.count()));
    router_.set(zmq::sockopt::router_handover, false);
    // Full and vanished peers are told to us, so that they can be counted.
    router_.set(zmq::sockopt::router_mandatory, true);
    router_.bind(options_.endpoint);
    endpoint_ = router_.get(zmq::sockopt::last_endpoint);
  }

  void Wait(absl::Duration patience) {
    std::array<zmq::pollitem_t, 3> items = {{{router_.handle(), 0, ZMQ_POLLIN, 0},
                                             {zap_.handle(), 0, ZMQ_POLLIN, 0},
                                             {nullptr, options_.wake, ZMQ_POLLIN, 0}}};
    const size_t count = options_.wake < 0 ? 2 : 3;
    const int64_t wait = absl::ToInt64Milliseconds(absl::Ceil(patience, absl::Milliseconds(1)));
    try {
      zmq::poll(items.data(), count, milliseconds(std::max<int64_t>(0, wait)));
    } catch (const zmq::error_t&) {
      // A signal: the caller looks at what it means.
    }
  }

  void AnswerHandshakes() {
    for (size_t n = 0; n < kHandshakesPerTurn; ++n) {
      std::vector<zmq::message_t> request;
      do {
        if (zmq::message_t frame; Take(zap_, frame)) {
          request.push_back(std::move(frame));
        } else {
          return;
        }
      } while (request.back().more());
      AnswerHandshake(request);
    }
  }

  // False: nothing there. A message that is not to be heard leaves `received.peer` empty.
  bool ReceiveOne(Received& received, size_t& turn_bytes) {
    zmq::message_t frame;
    if (!Take(router_, frame)) return false;
    received.peer = frame.to_string();
    std::string key;
    size_t bytes = 0;
    for (size_t n = 0; frame.more(); ++n) {
      if (!Take(router_, frame)) break;
      if (n == 0) key = KeyOf(frame);
      watch_.Heard(zmq_msg_get(frame.handle(), ZMQ_SRCFD), frame.size(), key);
      bytes += frame.size();
      received.oversized |= n >= limits::kFramesPerCall || bytes > kMostCallBytes;
      if (n == 0 || !received.oversized) received.frames.push_back(frame.to_string());
    }
    turn_bytes += bytes;
    if (received.oversized && received.frames.size() > 1) received.frames.resize(1);
    counts_.oversized += received.oversized ? 1 : 0;
    const Identity* who = options_.peers.Find(key);
    if (!IsGivenName(received.peer)) ++counts_.own_names;
    if (who == nullptr || !IsGivenName(received.peer) || received.frames.empty()) {
      received.peer.clear();
      return true;
    }
    received.who = *who;
    return true;
  }

  void Send(const Peer& peer, Frames frames) {
    size_t bytes = 0;
    for (const std::string& frame : frames) bytes += frame.size();
    std::shared_ptr<Unread::Claim> claim;
    if (bytes >= kCountedReplyBytes) claim = unread_.Add(peer, bytes);
    if (frames.empty() || (bytes >= kCountedReplyBytes && claim == nullptr) ||
        !Put(router_, zmq::message_t(peer), true)) {
      ++counts_.undelivered;
      return;
    }
    for (size_t i = 0; i < frames.size(); ++i) {
      zmq::message_t frame =
          claim == nullptr ? zmq::message_t(frames[i]) : Lend(std::move(frames[i]), claim);
      Put(router_, std::move(frame), i + 1 < frames.size());
    }
  }

  const std::string& endpoint() const { return endpoint_; }
  const Counts& counts() {
    counts_.cut = watch_.held_too_much();
    counts_.crowded = watch_.too_many();
    return counts_;
  }

 private:
  // RFC 27: version, request id, domain, address, routing id, mechanism, credentials.
  void AnswerHandshake(const std::vector<zmq::message_t>& request) {
    std::array<char, 41> key = {};
    const bool is_curve = request.size() == 7 && request[2].to_string_view() == kDomain &&
                          request[5].to_string_view() == "CURVE" && request[6].size() == 32;
    if (is_curve) zmq_z85_encode(key.data(), request[6].data<uint8_t>(), request[6].size());
    const bool known = is_curve && options_.peers.Find(key.data()) != nullptr;
    if (!known) ++counts_.refused_keys;
    const std::string id = request.size() > 1 ? request[1].to_string() : "";
    const std::array<std::string, 6> reply = {
        "1.0", id, known ? "200" : "400", known ? "" : "refused", known ? key.data() : "", ""};
    for (size_t i = 0; i < reply.size(); ++i) {
      Put(zap_, zmq::message_t(reply[i]), i + 1 < reply.size());
    }
  }

  Options options_;
  zmq::context_t context_;
  zmq::socket_t zap_;
  zmq::socket_t router_;
  std::string endpoint_;
  Unread unread_;
  LineWatch watch_;
  Counts counts_;
};

Router::Router(std::unique_ptr<Sockets> sockets) : sockets_(std::move(sockets)) {}
Router::~Router() = default;

absl::StatusOr<std::unique_ptr<Router>> Router::Bind(Options options) {
  const std::string endpoint = options.endpoint;
  // libzmq 4.3.4 names connections by counting from a number that it draws by rand() and never
  // seeds, and aborts when a peer has given itself the name that comes next. Seeded, nobody can
  // know it.
  std::srand(std::random_device{}());
  try {
    auto sockets = std::make_unique<Sockets>(std::move(options));
    sockets->Bind();
    return std::unique_ptr<Router>(new Router(std::move(sockets)));
  } catch (const zmq::error_t& error) {
    return absl::UnavailableError("the endpoint " + endpoint + " can't be bound: " + error.what());
  }
}

std::vector<Received> Router::Receive(absl::Duration patience) {
  std::vector<Received> heard;
  sockets_->Wait(patience);
  sockets_->AnswerHandshakes();
  size_t bytes = 0;
  for (size_t n = 0; n < limits::kMessagesPerTurn && bytes < kEnoughBytes; ++n) {
    Received received;
    if (!sockets_->ReceiveOne(received, bytes)) break;
    if (!received.peer.empty()) heard.push_back(std::move(received));
  }
  return heard;
}

void Router::Send(const Peer& peer, Frames frames) { sockets_->Send(peer, std::move(frames)); }

const std::string& Router::endpoint() const { return sockets_->endpoint(); }
const Router::Counts& Router::counts() const { return sockets_->counts(); }

}  // namespace ecluse
