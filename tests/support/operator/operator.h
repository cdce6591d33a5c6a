// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "tests/support/operator/desk.h"
#include "tests/support/operator/faults.h"
#include "tests/support/operator/strike.h"
#include "tests/support/operator/surface.h"
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
  // The rest of the business. Ledger, seed and deduplicate above go before it.
  simulated::DeskOptions desk = {};
};

// A simulated operator: one TLS port, under which each service has the surfaces /<service>/portal
// and /<service>/exchange; it opens and closes on command, and misbehaves as told.
class SimulatedOperator {
 public:
  static absl::StatusOr<std::unique_ptr<SimulatedOperator>> Open(OperatorOptions options);

  int port() const { return server_->port(); }
  simulated::Desk& desk() { return *desk_; }

  // One line in, one line out that begins with "ok" or "error". Those of the desk, and:
  //   open                  everything, as at the start
  //   close refuse          no connection is accepted
  //   close busy SECONDS    503 with Retry-After
  //   close page            a page for people, with status 200
  //   faults LIST           as ParseFaults reads it; "faults none"
  //   strike PID            stops that process at the next acceptance, and kills it once that is
  //                         answered
  //   status                door, and how much was accepted
  // A closed service, on a port that others share, can only hang up instead of refusing.
  std::string Command(const std::string& line);

  // Of this run and those before.
  uint64_t Accepted() const { return desk_->Accepted().accepted; }

 private:
  explicit SimulatedOperator(const OperatorOptions& options)
      : dice_(options.seed, options.faults) {}
  void Serve(TlsPeer& peer);
  bool ServeOne(TlsPeer& peer, const TlsPeer::Request& request);
  bool Closed(TlsPeer& peer, const TlsPeer::Request& request, const std::string& service);
  std::string Status() const;

  simulated::Dice dice_;
  simulated::Strike strike_;
  std::unique_ptr<simulated::Desk> desk_;
  std::map<std::string, std::unique_ptr<simulated::Surface>> surfaces_;  // by name in the path
  std::unique_ptr<TlsServer> server_;  // last: its threads use the rest
};

}  // namespace ecluse
