// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/link.h"
#include "tests/peers/tcp.h"

namespace ecluse::peers {

// ZMTP 3.1 and CURVE (RFC 23, 26) by hand, so that each part can be spoken wrong.

std::string Greeting(std::string_view mechanism);
// ZMTP's frame around a body. `size` may lie.
std::string Frame(std::string_view body, uint8_t flags, uint64_t size);
std::string Frame(std::string_view body, uint8_t flags = 0);
inline constexpr uint8_t kMore = 1;
inline constexpr uint8_t kLong = 2;
inline constexpr uint8_t kCommand = 4;

std::string Property(std::string_view name, std::string_view value);
std::string Command(std::string_view name, std::string_view body = "");

// One client's side of one handshake and of what follows.
class Curve {
 public:
  // The keys may be of two peers: whose public key is shown, and whose secret makes the vouch.
  Curve(const LinkOptions& shown, const LinkOptions& vouching);
  explicit Curve(const LinkOptions& who) : Curve(who, who) {}

  std::string Hello();  // the body of the command, 200 bytes
  // False: this is no WELCOME for our hello.
  bool Welcome(std::string_view body);
  std::string Initiate(std::string_view metadata);
  // One frame of a message, boxed: `flags` 1 more, 2 command.
  std::string Message(std::string_view body, uint8_t flags = 0);
  std::string MessageWithNonce(std::string_view body, uint8_t flags, uint64_t nonce);

  // All of it, up to the broker's READY, over `line`. False: it was refused on the way.
  bool Handshake(const Tcp& line);
  bool Handshake(const Tcp& line, std::string_view metadata);
  // Up to the WELCOME only.
  bool Begin(const Tcp& line);

 private:
  using Key = std::array<uint8_t, 32>;
  Key server_ = {};
  Key public_ = {};
  Key vouching_ = {};
  Key short_public_ = {};
  Key short_secret_ = {};
  Key server_short_ = {};
  Key shared_ = {};
  std::string cookie_;
  uint64_t nonce_ = 1;
};

// The body of the next frame; empty: the line is broken.
std::string HearFrame(const Tcp& line);

}  // namespace ecluse::peers
