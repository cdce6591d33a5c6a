// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <zmq.hpp>

#include "adapters/link.h"
#include "proto/codec.h"

namespace ecluse::peers {

using SteadyTime = std::chrono::steady_clock::time_point;

// A socket to the broker, one of thousands in a context; nothing waits.
zmq::socket_t Dealer(zmq::context_t& context, const LinkOptions& link);
// False: there is no connection, or it takes no more for now.
bool Say(zmq::socket_t& socket, const Frames& frames);
// Empty: nothing there.
Frames Hear(zmq::socket_t& socket);

}  // namespace ecluse::peers
