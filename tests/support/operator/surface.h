// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "tests/support/operator/desk.h"
#include "tests/support/operator/faults.h"
#include "tests/support/operator/tls_server.h"

namespace ecluse::simulated {

// One protocol that the simulated operator speaks, over what it asks of the desk.
class Surface {
 public:
  virtual ~Surface() = default;
  // Answers one request under /<service>/<surface>; `rest` is the path after that, "" or "/…". The
  // head is read, the body not; doors are open. False: the connection ends.
  virtual bool Serve(TlsPeer& peer, const TlsPeer::Request& request, const std::string& service,
                     const std::string& rest) = 0;
};

// How an answer leaves, with what was drawn for this submission: late, in pieces, far too long,
// broken, or not at all. Called after the desk has accepted. `broken`: what kBomb says instead, in
// this surface's language. False: the connection ends.
struct Spoken {
  int status = 200;
  std::string headers;  // end with "\r\n" each
  std::string body;
};
bool AnswerAs(TlsPeer& peer, Fault fault, const Faults& faults, const Spoken& spoken,
              const std::string& broken);

// What a fault says before anything is taken: 500, 503, a page, a hang-up. True: that was the
// answer, and the connection ends.
bool RefusedByFault(TlsPeer& peer, Fault fault, const Faults& faults);

// Says no with the head alone read. Who asked whether to send the body hears it before it has sent
// a byte of it; the connection ends.
void Refuse(TlsPeer& peer, const TlsPeer::Request& request, const Spoken& spoken);

std::string HeaderOf(const TlsPeer::Request& request, const std::string& name);  // "": none
std::string RetryAfter(absl::Duration d);  // a header with its end; "" for zero
// Login and secret of "Authorization: Basic"; false: none that can be read.
bool ReadBasic(const TlsPeer::Request& request, std::string& login, std::string& secret);

// Draws the faults of submissions; the surfaces of one operator share it.
class Dice {
 public:
  Dice(uint64_t seed, Faults faults) : seed_(seed), faults_(faults) {}
  // `faults`: as they are set now.
  Fault Draw(const std::string& key, Faults& faults);
  Faults Now();  // for an answer that is no submission's
  void Set(const Faults& faults);

 private:
  const uint64_t seed_;
  std::mutex mutex_;
  Faults faults_;
  std::map<std::string, uint32_t> visits_;
};

}  // namespace ecluse::simulated
