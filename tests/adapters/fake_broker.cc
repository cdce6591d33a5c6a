// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/fake_broker.h"

#include <zmq.h>

#include <zmq.hpp>

#include "proto/codec.h"

namespace ecluse {
namespace {

void MakeKeys(std::string& public_key, std::string& secret_key) {
  char one[41];
  char other[41];
  zmq_curve_keypair(one, other);
  public_key = one;
  secret_key = other;
}

}  // namespace

FakeBroker::FakeBroker(Script script) : script_(std::move(script)) {
  MakeKeys(public_key_, secret_key_);
  MakeKeys(peer_public_key_, peer_secret_key_);
  Start();
}

void FakeBroker::Start() {
  ending_ = false;
  bound_ = false;
  thread_ = std::thread([this] { Run(); });
  bound_.wait(false);
}

void FakeBroker::Stop() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
}

LinkOptions FakeBroker::Options() const {
  LinkOptions options;
  options.endpoint = "tcp://127.0.0.1:" + std::to_string(port_);
  options.broker_key = public_key_;
  options.public_key = peer_public_key_;
  options.secret_key = peer_secret_key_;
  options.patience = absl::Milliseconds(30);
  options.patience_most = absl::Milliseconds(200);
  return options;
}

void FakeBroker::WaitUntilHeard(int calls) const {
  for (int now = heard_; now < calls; now = heard_) heard_.wait(now);
}

void FakeBroker::Run() {
  zmq::context_t context;
  zmq::socket_t socket(context, zmq::socket_type::router);
  socket.set(zmq::sockopt::linger, 200);  // as the broker: zero can abort libzmq
  socket.set(zmq::sockopt::rcvtimeo, 5);
  socket.set(zmq::sockopt::curve_server, true);
  socket.set(zmq::sockopt::curve_secretkey, secret_key_);
  socket.bind("tcp://127.0.0.1:" + (port_ == 0 ? "*" : std::to_string(port_)));
  const std::string endpoint = socket.get(zmq::sockopt::last_endpoint);
  port_ = std::stoi(endpoint.substr(endpoint.rfind(':') + 1));
  bound_ = true;
  bound_.notify_all();
  while (!ending_) {
    zmq::message_t peer;
    if (!socket.recv(peer)) continue;
    Frames frames;
    for (bool more = peer.more(); more;) {
      zmq::message_t part;
      (void)socket.recv(part);
      more = part.more();
      frames.push_back(part.to_string());
    }
    ++heard_;
    heard_.notify_all();
    auto decoded = DecodeCall(std::move(frames));
    wire::Reply reply;
    if (const auto* call = std::get_if<wire::Call>(&decoded)) {
      auto body = script_(call->body);
      if (!body) continue;
      reply = {call->correlation, *std::move(body)};
    } else {
      const auto& bad = std::get<BadMessage>(decoded);
      reply = {bad.correlation, bad.error};
    }
    socket.send(peer, zmq::send_flags::sndmore);
    const Frames out = EncodeReply(reply);
    for (size_t i = 0; i < out.size(); ++i) {
      socket.send(zmq::buffer(out[i]),
                  i + 1 < out.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
    }
  }
}

}  // namespace ecluse
