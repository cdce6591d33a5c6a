// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/handler.h"

namespace ecluse {

// One practice's login at the operator. Never logged.
struct Credential {
  PracticeId practice;
  std::string login;
  std::string secret;
  uint64_t epoch = 0;  // grows with every new secret
};

// How one protocol is spoken, for one service of one operator, whose profile says the rest. A
// driver knows no operator. The same duties as a Handler's; see adapters/handler.h.
class Driver {
 public:
  virtual ~Driver() = default;

  // `credential` is null where the service's profile says that it needs none.
  virtual std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                         std::string_view content,
                                         const Credential* credential) = 0;
  virtual std::optional<Outcome> Probe(const Envelope& envelope, const Credential* credential) = 0;
  // Builds the message that Deliver would send, and drops it: nothing is sent, noted or counted. An
  // error: it can't be built, because of the content (InvalidArgument) or of this side's own
  // trouble. Names a rule, never a value. A driver that sends the content as it is has nothing to
  // build.
  virtual absl::Status Render(const Envelope& envelope, std::string_view content) {
    (void)envelope, (void)content;
    return absl::OkStatus();
  }
  // Told in one line what ops staff should know, from any thread; never a content, login or
  // secret. Set before the first delivery.
  using Log = std::function<void(const std::string&)>;
  void LogTo(Log log) { log_ = std::move(log); }
  // As Handler's.
  virtual std::vector<Handler::News> Collect() { return {}; }
  virtual void Noted(const Handler::News& news, ErrorCode result) {
    (void)news;
    (void)result;
  }
  // The longest that one Deliver takes.
  virtual absl::Duration LongestDelivery() const = 0;

 protected:
  // The operator said a word that the profile does not know, so what it said is doubt. The word is
  // the operator's and no patient's; of it 64 printable characters are told, each word once.
  void TellUnknownWord(const Envelope& envelope, const std::string& word);

 private:
  static constexpr size_t kWordsTold = 100;
  Log log_;
  std::mutex mutex_;
  std::set<std::string> told_;
};

// The key under which an operator knows a request of ours: the same for every attempt, never about
// a patient. "<practice>-<request number>".
std::string SubmissionKey(const Envelope& envelope);

}  // namespace ecluse
