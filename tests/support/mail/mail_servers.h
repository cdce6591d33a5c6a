// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ecluse {

// A real Postfix and a real Dovecot, as Debian ships them, started on loopback for one test: own
// configuration, queue, mailboxes and certificates in a directory of their own, free ports. Nothing
// of the machine's own mail is touched. Needs root, because both servers change users.
class MailServers {
 public:
  struct Account {
    std::string name;  // "practice": its address is name@ecluse.test
    std::string secret;
  };

  // Why they can't be started here; empty: they can.
  static std::string WhyNot();
  // On return both servers answer. They end with the thread that called this.
  static absl::StatusOr<std::unique_ptr<MailServers>> Start(const std::vector<Account>& accounts);
  // Ends both, and removes everything.
  ~MailServers();

  std::string submission() const;  // "smtp://localhost:…": STARTTLS and a login
  std::string pop3s() const;       // "pop3s://localhost:…"
  std::string imaps() const;       // "imaps://localhost:…/INBOX"
  std::string ca() const;          // PEM file
  static std::string Address(const std::string& name) { return name + "@ecluse.test"; }
  const std::string& directory() const { return directory_; }

  // How many mails lie in a mailbox, and the texts of them.
  size_t Mails(const std::string& name) const;
  std::vector<std::string> Texts(const std::string& name) const;
  // Returns as soon as there are at least so many; false: not within `most`.
  bool WaitForMails(const std::string& name, size_t count,
                    absl::Duration most = absl::Seconds(30)) const;

  // Postfix alone, as if its machine went down and came back.
  void StopSubmission();
  absl::Status StartSubmission();

 private:
  explicit MailServers(std::string directory) : directory_(std::move(directory)) {}
  absl::Status Prepare(const std::vector<Account>& accounts);
  absl::Status PreparePostfix(const std::vector<Account>& accounts);
  absl::Status PrepareDovecot(const std::vector<Account>& accounts);
  absl::Status StartDovecot();

  const std::string directory_;
  uint16_t smtp_port_ = 0, pop3_port_ = 0, imap_port_ = 0;
  pid_t postfix_ = 0, dovecot_ = 0;
};

}  // namespace ecluse
