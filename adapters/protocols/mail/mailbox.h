// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace ecluse::mail {

struct MailboxSite {
  std::string url;  // "pop3s://host:995" or "imaps://host:993/INBOX"; without TLS is refused
  std::string ca;   // PEM file of the authorities to trust; empty: those of the system
  std::string login;
  std::string secret;
  absl::Duration connect_timeout = absl::Seconds(10);
  absl::Duration total_timeout = absl::Seconds(60);  // of one command
  size_t mail_bytes = 24 << 20;                      // a longer mail is not fetched
};

// One session with a mailbox, over one connection that is never replaced: the numbers of POP3 mean
// something in their own session only. What was removed is gone when the session has ended well.
class Mailbox {
 public:
  struct Item {
    std::string id;  // in this session
    size_t bytes = 0;
  };

  static absl::StatusOr<std::unique_ptr<Mailbox>> Open(const MailboxSite& site);
  virtual ~Mailbox() = default;

  // At most `most`, the oldest first.
  virtual absl::StatusOr<std::vector<Item>> List(size_t most) = 0;
  virtual absl::StatusOr<std::string> Fetch(const std::string& id) = 0;
  virtual absl::Status Remove(const std::string& id) = 0;
};

}  // namespace ecluse::mail
