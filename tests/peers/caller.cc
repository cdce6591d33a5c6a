// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/caller.h"

namespace ecluse::peers {

zmq::socket_t Dealer(zmq::context_t& context, const LinkOptions& link) {
  zmq::socket_t socket(context, zmq::socket_type::dealer);
  socket.set(zmq::sockopt::linger, 200);  // with none, libzmq can abort at the close
  socket.set(zmq::sockopt::immediate, true);
  socket.set(zmq::sockopt::reconnect_ivl, 100);
  socket.set(zmq::sockopt::reconnect_ivl_max, 2000);
  // Never a bound on what was received: see broker/net/router.cc.
  socket.set(zmq::sockopt::rcvhwm, 0);
  socket.set(zmq::sockopt::sndhwm, 64);
  socket.set(zmq::sockopt::curve_serverkey, link.broker_key);
  socket.set(zmq::sockopt::curve_publickey, link.public_key);
  socket.set(zmq::sockopt::curve_secretkey, link.secret_key);
  socket.connect(link.endpoint);
  return socket;
}

bool Say(zmq::socket_t& socket, const Frames& frames) {
  for (size_t i = 0; i < frames.size(); ++i) {
    const auto flags = zmq::send_flags::dontwait |
                       (i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
    if (!socket.send(zmq::buffer(frames[i]), flags)) return false;
  }
  return true;
}

Frames Hear(zmq::socket_t& socket) {
  Frames frames;
  zmq::message_t frame;
  do {
    if (!socket.recv(frame, zmq::recv_flags::dontwait)) return {};
    frames.push_back(frame.to_string());
  } while (frame.more());
  return frames;
}

}  // namespace ecluse::peers
