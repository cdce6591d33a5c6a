// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>
#include <zmq.hpp>

#include "broker/net/router.h"

namespace ecluse {

// A router on a free loopback port, with two practices that it knows, driven by the test's own
// thread: Until() lets it hear and repeats what it hears to whom it came from.
class RouterFixture : public ::testing::Test {
 protected:
  struct Client {
    zmq::socket_t socket;
    std::vector<Frames> heard;
  };

  void SetUp() override { Start(limits::kUnheardByAll); }

  void Start(size_t most_unheard, size_t most_lines = limits::kConnections) {
    const std::string peers = "[[practice]]\nname = \"a\"\nfiness = [\"750000001\"]\nkey = \"" +
                              a_.public_key +
                              "\"\n[[practice]]\nname = \"b\"\nfiness = [\"750000002\"]\nkey = \"" +
                              b_.public_key + "\"\n";
    auto router = Router::Bind({"tcp://127.0.0.1:*", broker_, *Peers::Parse(peers, "peers"), -1,
                                most_unheard, most_lines});
    ASSERT_TRUE(router.ok()) << router.status();
    router_ = *std::move(router);
  }

  Client Connect(const KeyPair& keys) { return Connect(keys, broker_.public_key, ""); }
  Client Connect(const KeyPair& keys, const std::string& server, const std::string& own_name) {
    zmq::socket_t socket(context_, zmq::socket_type::dealer);
    socket.set(zmq::sockopt::curve_publickey, keys.public_key);
    socket.set(zmq::sockopt::curve_secretkey, keys.secret_key);
    socket.set(zmq::sockopt::curve_serverkey, server);
    if (!own_name.empty()) socket.set(zmq::sockopt::routing_id, own_name);
    return Open(std::move(socket));
  }
  Client Open(zmq::socket_t socket) {
    socket.set(zmq::sockopt::linger, 300);  // zero may abort in libzmq; see router.cc
    socket.connect(router_->endpoint());
    return {std::move(socket), {}};
  }

  static bool Say(Client& client, const Frames& frames) {
    for (size_t i = 0; i < frames.size(); ++i) {
      const auto flags = zmq::send_flags::dontwait |
                         (i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
      if (!client.socket.send(zmq::message_t(frames[i]), flags)) return false;
    }
    return true;
  }

  static void Listen(Client& client) {
    for (;;) {
      Frames frames;
      zmq::message_t frame;
      do {
        if (!client.socket.recv(frame, zmq::recv_flags::dontwait)) return;
        frames.push_back(frame.to_string());
      } while (frame.more());
      client.heard.push_back(std::move(frames));
    }
  }

  // One turn of a broker that repeats what it is told.
  void Turn() {
    for (Received& received : router_->Receive(absl::Milliseconds(5))) {
      received_.push_back(received);
      if (echo_) router_->Send(received.peer, received.frames);
    }
  }

  // False: it did not happen within a minute, which is long enough for a sanitized build.
  bool Until(const std::function<bool()>& happened) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!happened()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      Turn();
    }
    return true;
  }

  bool Answered(Client& client, size_t replies = 1) {
    return Until([&] {
      Listen(client);
      return client.heard.size() >= replies;
    });
  }

  // The router still serves who behaves.
  bool ServesOthers() {
    Client honest = Connect(b_);
    return Say(honest, {"hello"}) && Answered(honest);
  }

  const KeyPair broker_ = *MakeKeyPair();
  const KeyPair a_ = *MakeKeyPair();
  const KeyPair b_ = *MakeKeyPair();
  zmq::context_t context_;
  std::unique_ptr<Router> router_;
  std::vector<Received> received_;
  bool echo_ = true;
};

}  // namespace ecluse
