// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/fleet.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <zmq.hpp>

#include "proto/codec.h"
#include "tests/bench/row.h"

namespace ecluse::bench {
namespace {

constexpr double kStartUp = 0.3;  // seconds that are not measured: connections are made

class Fleet {
 public:
  Fleet(const Daemon& daemon, const Load& load) : load_(load) {
    for (int i = 0; i < load.clients; ++i) {
      const LinkOptions link = daemon.PracticeLink(i);
      zmq::socket_t socket(context_, zmq::socket_type::dealer);
      socket.set(zmq::sockopt::curve_serverkey, link.broker_key);
      socket.set(zmq::sockopt::curve_publickey, link.public_key);
      socket.set(zmq::sockopt::curve_secretkey, link.secret_key);
      socket.set(zmq::sockopt::linger, 200);  // with none, libzmq can abort at the close
      socket.connect(link.endpoint);
      sockets_.push_back(std::move(socket));
    }
  }

  Measured Run() {
    const double start = Seconds();
    for (int i = 0; i < load_.clients; ++i) {
      for (int w = 0; w < load_.window; ++w) Say(i);
    }
    measured_from_ = load_.deposits > 0 ? start : start + kStartUp;
    end_ = load_.deposits > 0 ? 1e300 : measured_from_ + load_.seconds;
    std::vector<zmq::pollitem_t> items;
    for (auto& socket : sockets_) items.push_back({socket.handle(), 0, ZMQ_POLLIN, 0});
    while (!sent_.empty()) {
      if (zmq::poll(items, std::chrono::seconds(60)) == 0) GiveUp("the broker is silent");
      for (size_t i = 0; i < items.size(); ++i) {
        if ((items[i].revents & ZMQ_POLLIN) != 0) Hear(static_cast<int>(i));
      }
    }
    std::sort(result_.latencies.begin(), result_.latencies.end());
    result_.seconds = last_ - measured_from_;
    return std::move(result_);
  }

 private:
  void Say(int client) {
    wire::Deposit deposit;
    for (int i = 0; i < load_.items; ++i) {
      // References are never used twice, also not by the fleets of the same process before.
      const uint64_t number = ++references;
      deposit.items.push_back({{{"memory"}, {"authorisation"}},
                               fmt::format("75{:07}", client),
                               fmt::format("bench-{}", number),
                               Kind::kAuthorisation,
                               "application/xml",
                               Content(number)});
    }
    const uint64_t correlation = ++correlation_;
    const Frames frames = EncodeCall({correlation, std::move(deposit)});
    sent_[correlation] = Seconds();
    auto& socket = sockets_[static_cast<size_t>(client)];
    for (size_t i = 0; i < frames.size(); ++i) {
      socket.send(zmq::buffer(frames[i]),
                  i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
    }
  }

  void Hear(int client) {
    auto& socket = sockets_[static_cast<size_t>(client)];
    zmq::message_t message;
    while (socket.recv(message, zmq::recv_flags::dontwait)) {
      Frames frames = {message.to_string()};
      while (message.more()) {
        if (!socket.recv(message)) GiveUp("half a message");
        frames.push_back(message.to_string());
      }
      Count(DecodeReply(std::move(frames)));
      const bool enough =
          load_.deposits > 0 ? references - first_ >= load_.deposits : Seconds() >= end_;
      if (!enough) Say(client);
    }
  }

  void Count(const std::variant<wire::Reply, BadMessage>& decoded) {
    const auto* reply = std::get_if<wire::Reply>(&decoded);
    const auto* result = reply ? std::get_if<wire::DepositResult>(&reply->body) : nullptr;
    if (result == nullptr) GiveUp("a deposit was not answered by receipts");
    for (const auto& one : result->results) {
      if (!std::holds_alternative<wire::Receipt>(one)) GiveUp("a deposit was refused");
    }
    const auto sent = sent_.find(reply->correlation);
    const double now = Seconds();
    if (now >= measured_from_ && now <= end_) {
      last_ = now;
      result_.deposits += result->results.size();
      result_.latencies.push_back(now - sent->second);
    }
    sent_.erase(sent);
  }

  static uint64_t references;

  Load load_;
  zmq::context_t context_;
  std::vector<zmq::socket_t> sockets_;
  std::unordered_map<uint64_t, double> sent_;
  uint64_t first_ = references;
  uint64_t correlation_ = 0;
  double measured_from_ = 0;
  double end_ = 0;
  double last_ = 0;
  Measured result_;
};

uint64_t Fleet::references = 0;

}  // namespace

double Measured::Quantile(double q) const {
  if (latencies.empty()) return 0;
  return latencies[static_cast<size_t>(q * static_cast<double>(latencies.size() - 1))];
}

Measured Deposit(const Daemon& daemon, const Load& load) { return Fleet(daemon, load).Run(); }

}  // namespace ecluse::bench
