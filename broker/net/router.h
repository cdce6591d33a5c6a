// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <memory>
#include <string>

#include "broker/net/keys.h"
#include "broker/net/peers.h"
#include "broker/net/transport.h"
#include "proto/limits.h"

namespace ecluse {

// The peers, over one ZeroMQ ROUTER socket. CURVE is always on; who may come in is decided by
// public key, in the same thread, whenever Receive is called. A key that is not in `peers` gets
// nothing. A peer that gives itself a routing id is not heard: nobody sits on another's name.
//
// No failure of a peer or of a socket leaves this class; what was dropped is counted.
class Router : public Transport {
 public:
  struct Options {
    std::string endpoint;  // "tcp://127.0.0.1:7311"; with `*` for the port: any that is free
    KeyPair keys;
    Peers peers;
    int wake = -1;  // a file descriptor: Receive returns at once when it is readable
    size_t most_unheard = limits::kUnheardByAll;
    size_t most_lines = limits::kConnections;
  };
  // What the log tells when the broker stops.
  struct Counts {
    uint64_t refused_keys = 0;
    uint64_t own_names = 0;    // messages of peers that gave themselves a routing id
    uint64_t oversized = 0;    // messages over limits::kFramesPerCall or limits::kBytesPerCall
    uint64_t undelivered = 0;  // replies to peers that were gone or did not read
    uint64_t cut = 0;          // connections that held too much unheard; see Lines
    uint64_t crowded = 0;      // connections cut because there were too many
  };

  static absl::StatusOr<std::unique_ptr<Router>> Bind(Options options);
  ~Router() override;

  std::vector<Received> Receive(absl::Duration patience) override;
  void Send(const Peer& peer, Frames frames) override;

  // With the port that was given, where `*` was asked.
  const std::string& endpoint() const;
  const Counts& counts() const;

 private:
  class Sockets;
  explicit Router(std::unique_ptr<Sockets> sockets);

  std::unique_ptr<Sockets> sockets_;
};

}  // namespace ecluse
