// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/clock.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/protocols/driver.h"
#include "adapters/protocols/mail/endings.h"
#include "adapters/protocols/mail/register.h"
#include "adapters/protocols/mail/settings.h"

namespace ecluse::mail {

// Carries bills as B2 files in mails, and brings back acknowledgements and payment returns; see
// README.md. Sent, acknowledged, answered and paid are four facts in its register.
class MailDriver : public Driver {
 public:
  struct Ports {
    std::function<absl::Time()> now = [] { return absl::Now(); };
    std::function<Submitted(const SmtpSite&, std::string_view)> submit = &Submit;
    std::function<absl::StatusOr<std::unique_ptr<Mailbox>>(const MailboxSite&)> open =
        &Mailbox::Open;
  };
  // Opens the register, and reads again what could not be read before.
  static absl::StatusOr<std::unique_ptr<MailDriver>> Open(Settings settings, Ports ports);
  static absl::StatusOr<std::unique_ptr<MailDriver>> Open(Settings settings) {
    return Open(std::move(settings), Ports());
  }

  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                 std::string_view content, const Credential* credential) override;
  // What the register knows. Where an acknowledgement is overdue, the same bytes go again: that is
  // the field's own rule for a missing acknowledgement, and never makes a second bill.
  std::optional<Outcome> Probe(const Envelope& envelope, const Credential* credential) override;
  // Built with numbers that stand for the register's, which are not counted on.
  absl::Status Render(const Envelope& envelope, std::string_view content) override;
  std::vector<Handler::News> Collect() override;
  void Noted(const Handler::News& news, ErrorCode result) override;
  absl::Duration LongestDelivery() const override;

  // For whoever runs it.
  struct Standing {
    uint64_t unanswered = 0;
    uint64_t late = 0;     // no acknowledgement after the reminder's delay
    uint64_t overdue = 0;  // none after the alert's delay: a person should ask the operator
    uint64_t quarantined = 0;
    bool operator==(const Standing&) const = default;
  };
  absl::StatusOr<Standing> HowItStands();

 private:
  MailDriver(Settings settings, Ports ports, std::unique_ptr<Register> memory)
      : settings_(std::move(settings)), ports_(std::move(ports)), register_(std::move(memory)) {}

  // `numbers`: the register's, or nullopt: the next ones are taken.
  absl::StatusOr<std::string> FileOf(const Envelope& envelope, std::string_view content,
                                     std::optional<Numbers> numbers);
  // Registers what is to be sent; nullopt: done.
  std::optional<Outcome> Prepare(const Envelope& envelope, std::string_view content,
                                 absl::Time registered_at);
  struct Sent {
    Phase before = Phase::kRegistered;
    const Row* row = nullptr;
  };
  absl::StatusOr<Sent> Send(const Submission& submission, const Credential* credential);
  bool IsDue(const Submission& submission) const;
  absl::StatusOr<size_t> ReadMailbox();
  absl::Status TakeMail(const std::string& mail, bool& finished);
  void ReadQuarantineAgain();
  void Report(const absl::Status& collected);

  const Settings settings_;
  const Ports ports_;
  const std::unique_ptr<Register> register_;
  absl::Time forgotten_at_ = absl::InfinitePast();  // Collect is one call at a time
  std::string reported_;
};

}  // namespace ecluse::mail
