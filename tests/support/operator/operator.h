// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "tests/support/operator/faults.h"
#include "tests/support/operator/ledger.h"
#include "tests/support/operator/tls_server.h"

namespace ecluse {

struct OperatorOptions {
  TlsServer::Options tls;
  std::string ledger;  // path of the file
  uint64_t seed = 1;
  Faults faults;
  // Answers 409 to a key that it has already. Without it a second submission is a second
  // acceptance, in the ledger too: that is how a duplicate shows.
  bool deduplicate = false;
};

// A simulated operator: speaks the contract of adapters/protocols/https/README.md, opens and
// closes on command, and misbehaves as told.
class SimulatedOperator {
 public:
  static absl::StatusOr<std::unique_ptr<SimulatedOperator>> Open(OperatorOptions options);

  int port() const { return server_->port(); }

  // One line in, one line out that begins with "ok" or "error":
  //   open
  //   close refuse          no connection is accepted
  //   close busy SECONDS    503 with Retry-After
  //   close page            a page for people, with status 200
  //   faults LIST           as ParseFaults reads it; "faults none"
  //   status                door, and how much was accepted
  std::string Command(const std::string& line);

  // Of this run and those before.
  uint64_t Accepted() const;

 private:
  enum class Door : uint8_t { kOpen, kRefuse, kBusy, kPage };
  struct Case {
    uint32_t visits = 0;
    uint32_t accepted = 0;
    absl::Time decided_at;
  };
  // What to do with one submission, decided under the lock.
  struct Plan {
    Fault fault = Fault::kNone;
    bool accepted = false;
    bool duplicate = false;
    Faults faults;
  };

  explicit SimulatedOperator(OperatorOptions options) : options_(std::move(options)) {}
  void Serve(TlsPeer& peer);
  bool Closed(TlsPeer& peer, const TlsPeer::Request& request);
  bool Submit(TlsPeer& peer, const TlsPeer::Request& request);
  bool Ask(TlsPeer& peer, const std::string& key);
  Plan Decide(const TlsPeer::Request& request, const std::string& body);
  bool AnswerDecision(TlsPeer& peer, const std::string& key);
  std::string Close(const std::string& how);
  std::string Status() const;

  const OperatorOptions options_;
  std::unique_ptr<Ledger> ledger_;
  mutable std::mutex mutex_;  // guards what follows, and the order of the ledger
  Door door_ = Door::kOpen;
  uint64_t busy_seconds_ = 0;
  Faults faults_;
  std::map<std::string, Case> cases_;
  uint64_t accepted_ = 0;
  std::unique_ptr<TlsServer> server_;  // last: its threads use the rest
};

}  // namespace ecluse
