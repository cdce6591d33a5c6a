// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/protocols/mail/mailbox.h"
#include "adapters/protocols/mail/smtp.h"

namespace ecluse {

// Mail without servers, sockets or waiting: what is submitted lies in the box of its recipient.
class PostOffice {
 public:
  // How the next submissions end; when the list is used up, all is well.
  struct Fault {
    mail::Submitted seen;
    bool delivered = false;  // the mail arrived all the same
  };
  std::deque<Fault> faults;
  bool mailbox_down = false;

  std::function<mail::Submitted(const mail::SmtpSite&, std::string_view)> Submit();
  std::function<absl::StatusOr<std::unique_ptr<mail::Mailbox>>(const mail::MailboxSite&)> Open();

  std::vector<std::string>& Box(const std::string& address) { return boxes_[address]; }
  // Every mail that was submitted, in order, arrived or not.
  const std::vector<std::string>& submitted() const { return submitted_; }
  const std::vector<mail::SmtpSite>& sites() const { return sites_; }

 private:
  std::map<std::string, std::vector<std::string>> boxes_;
  std::vector<std::string> submitted_;
  std::vector<mail::SmtpSite> sites_;
};

}  // namespace ecluse
