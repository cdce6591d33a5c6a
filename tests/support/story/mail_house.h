// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "proto/names.h"
#include "tests/support/patients/people.h"

namespace ecluse {
class MailOperator;
class MailServers;
}  // namespace ecluse

namespace ecluse::story {

// A real Postfix and a real Dovecot, and behind their mailboxes the operators that take bills by
// mail: they acknowledge, lose an acknowledgement now and then, and pay.
class MailHouse {
 public:
  // Why no mail can be played here; empty: it can.
  static std::string WhyNot();
  // Writes keys and secrets into the story's folder. The servers end with the calling thread.
  static absl::StatusOr<std::unique_ptr<MailHouse>> Open(
      const std::string& folder, const std::vector<OperatorId>& operators,
      const std::vector<patients::Practice>& practices, uint64_t seed);
  ~MailHouse();

  // What the operator's adapter is told: the [[endpoint]] of `service`.
  std::string EndpointFor(const OperatorId& who, const ServiceId& service) const;
  // From now on the operators read their mail and answer it.
  void Begin();
  // Nothing is read any more; the ledgers are complete.
  void End();

  // Ends the servers and removes what they have, whoever still speaks with them.
  void Abandon();

  static std::string LedgerIn(const std::string& folder, const OperatorId& who);

 private:
  explicit MailHouse(std::string folder);
  absl::Status AddOperator(const OperatorId& who, const std::string& secret,
                           const std::vector<patients::Practice>& practices, uint64_t seed);
  std::string Path(const OperatorId& who, const std::string& name) const {
    return folder_ + "/" + who.text + "." + name;
  }
  void Run();

  const std::string folder_;
  std::unique_ptr<MailServers> servers_;
  std::map<OperatorId, std::unique_ptr<MailOperator>> operators_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

}  // namespace ecluse::story
