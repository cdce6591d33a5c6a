// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/depositor.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>
#include <utility>
#include <zmq.hpp>

#include "proto/codec.h"
#include "store/master_key.h"

namespace ecluse {

Depositor::Depositor(std::string folder, const std::string& store) : folder_(std::move(folder)) {
  EXPECT_TRUE(WriteKeyPair(Path("broker.key"), broker_).ok());
  EXPECT_TRUE(store::CreateMasterKey(Path("master.key")).ok());
  std::ofstream(Path("peers.toml"))
      << "[[practice]]\nname = \"a\"\nfiness = [\"750000001\"]\nkey = \"" << practice_.public_key
      << "\"\n";
  std::ofstream(Path("eclused.toml"))
      << "endpoint = \"tcp://127.0.0.1:*\"\nendpoint_file = \"endpoint\"\n"
         "key_file = \"broker.key\"\npeers_file = \"peers.toml\"\nstore_directory = \""
      << store
      << "\"\nmaster_key_file = \"master.key\"\ndisk_reserve = \"64MiB\"\n"
         "[[destination]]\noperator = \"viamedis\"\nservice = \"billing\"\n";
}

std::variant<wire::Receipt, Error> Depositor::Deposit(const std::string& reference,
                                                      std::string content,
                                                      std::chrono::seconds patience) const {
  std::ifstream file(Path("endpoint"));
  std::string endpoint;
  std::getline(file, endpoint, '"');
  std::getline(file, endpoint, '"');
  zmq::context_t context;
  zmq::socket_t socket(context, zmq::socket_type::dealer);
  socket.set(zmq::sockopt::linger, 0);
  socket.set(zmq::sockopt::rcvtimeo, static_cast<int>(patience.count() * 1000));
  socket.set(zmq::sockopt::curve_publickey, practice_.public_key);
  socket.set(zmq::sockopt::curve_secretkey, practice_.secret_key);
  socket.set(zmq::sockopt::curve_serverkey, broker_.public_key);
  socket.connect(endpoint);
  const wire::Deposit::Item item{
      {{"viamedis"}, {"billing"}}, "750000001", reference, Kind::kBill, "text/plain",
      std::move(content)};
  const Frames frames = EncodeCall({1, wire::Deposit{{item}}});
  for (size_t i = 0; i < frames.size(); ++i) {
    socket.send(zmq::message_t(frames[i]),
                i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
  }
  Frames heard;
  zmq::message_t frame;
  do {
    if (!socket.recv(frame)) return Error{};
    heard.push_back(frame.to_string());
  } while (frame.more());
  const auto decoded = DecodeReply(std::move(heard));
  const auto* reply = std::get_if<wire::Reply>(&decoded);
  if (reply == nullptr) return Error{};
  const auto* result = std::get_if<wire::DepositResult>(&reply->body);
  return result != nullptr && result->results.size() == 1 ? result->results[0] : Error{};
}

wire::Receipt Depositor::DepositTillTaken(const std::string& reference,
                                          const std::string& content) const {
  for (int tries = 0; tries < 100; ++tries) {
    const auto result = Deposit(reference, content, std::chrono::seconds(2));
    if (const auto* receipt = std::get_if<wire::Receipt>(&result)) return *receipt;
    // Told at once, so it would ask in a loop.
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return {};
}

}  // namespace ecluse
