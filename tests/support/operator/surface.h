// SPDX-License-Identifier: Apache-2.0
#pragma once

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
// broken, or not at all. Called after the desk has accepted. `broken`: what kGarbage and kBomb say
// instead in this surface's language.
bool AnswerAs(TlsPeer& peer, Fault fault, const Faults& faults, int status,
              const std::string& headers, const std::string& body, const std::string& broken);

// What a fault says before anything is taken: 500, 503, a page, a hang-up. True: that was the
// answer, and `go_on` tells whether the connection lives.
bool RefusedByFault(TlsPeer& peer, Fault fault, const Faults& faults, const std::string& headers,
                    bool& go_on);

std::string HeaderOf(const TlsPeer::Request& request, const std::string& name);  // "": none
std::string RetryAfter(absl::Duration d);  // a header with its end; "" for zero
// Login and secret of "Authorization: Basic"; false: none that can be read.
bool ReadBasic(const TlsPeer::Request& request, std::string& login, std::string& secret);

// Draws the fault of a submission; the surfaces of one operator share it.
class Dice {
 public:
  Dice(uint64_t seed, Faults faults) : seed_(seed), faults_(faults) {}
  Fault Draw(const std::string& key, Faults& faults);
  void Set(const Faults& faults);

 private:
  const uint64_t seed_;
  std::mutex mutex_;
  Faults faults_;
  std::map<std::string, uint32_t> visits_;
};

}  // namespace ecluse::simulated
