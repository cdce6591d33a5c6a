// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/clock.h>
#include <absl/time/time.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/protocols/mail/lot.h"
#include "adapters/protocols/mail/mailbox.h"
#include "adapters/protocols/mail/smtp.h"
#include "tests/support/mail/smime_keys.h"

namespace ecluse {

class Ledger;

// What the simulated operator does with one file; asked at each arrival, and again at each answer.
struct MailPlan {
  enum class Ack : uint8_t { kPositive, kNegative, kLost };
  Ack ack = Ack::kPositive;
  bool repeated = false;  // returns are sent twice
  char state = 'P';       // of its invoices: P paid, R rejected, D deferred
  uint32_t paid_percent = 100;
};

// In a hundred files.
struct MailShares {
  uint32_t negative = 4;
  uint32_t lost = 10;  // acknowledgements that never arrive, at the first arrival of a file only
  uint32_t repeated = 15;
  uint32_t rejected = 8;
  uint32_t other_amount = 8;
};

// A third-party-payment operator behind a mailbox. It decrypts what comes, checks it, keeps a
// ledger like every simulated operator's, and sends back acknowledgements (in Écluse's own dialect,
// see adapters/protocols/mail/arl.h) and payment returns. The same bytes under the same identifiers
// are one bill, however often they arrive.
class MailOperator {
 public:
  struct Options {
    mail::SmtpSite smtp;  // `to` is taken from the mail that is answered
    mail::MailboxSite mailbox;
    SmimeKeys keys;
    std::string reader;  // a PEM that returns are encrypted to; empty: in clear
    std::string ledger;  // path
    std::map<std::string, std::string> practices;  // sender number -> practice
    uint64_t seed = 1;
    MailShares shares;
    std::function<MailPlan(const std::string& key, uint32_t arrivals)> plan;  // instead of shares
    std::function<absl::Time()> now = [] { return absl::Now(); };
    std::function<mail::Submitted(const mail::SmtpSite&, std::string_view)> submit = &mail::Submit;
    std::function<absl::StatusOr<std::unique_ptr<mail::Mailbox>>(const mail::MailboxSite&)> open =
        &mail::Mailbox::Open;
  };
  static absl::StatusOr<std::unique_ptr<MailOperator>> Open(Options options);
  ~MailOperator();

  // Reads everything in the mailbox and acknowledges it; how many mails there were.
  absl::StatusOr<size_t> ReadMails();
  // Sends one payment return for every file that was taken and not yet answered.
  absl::StatusOr<size_t> Answer();

  struct Seen {
    std::string key;  // "<practice>-<request number>"
    mail::Bill bill;
    std::string reply_to;
    uint32_t arrivals = 0;
    bool taken = false;  // its acknowledgement was positive, though maybe lost
    bool answered = false;
    MailPlan plan;
  };
  // By sender, file id and day.
  const std::map<std::string, Seen>& seen() const { return seen_; }
  // Files under identifiers that were used before, with other bytes.
  uint64_t conflicts() const { return conflicts_; }
  // Mails that were not what they should be.
  uint64_t strange() const { return strange_; }

 private:
  explicit MailOperator(Options options, std::unique_ptr<Ledger> ledger);
  absl::Status Take(const std::string& text);
  absl::Status Note(const Seen& seen);
  absl::Status Acknowledge(const Seen& seen);
  absl::Status Send(const Seen& seen, const std::string& description, const std::string& bytes);
  MailPlan PlanFor(const std::string& key, uint32_t arrivals) const;

  const Options options_;
  const std::unique_ptr<Ledger> ledger_;
  std::map<std::string, Seen> seen_;
  uint64_t conflicts_ = 0;
  uint64_t strange_ = 0;
  uint64_t mails_ = 0;
};

}  // namespace ecluse
