// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mail/post_office.h"

#include <set>

namespace ecluse {
namespace {

class OneBox : public mail::Mailbox {
 public:
  explicit OneBox(std::vector<std::string>& mails) : mails_(mails) {}
  ~OneBox() override {
    std::vector<std::string> left;
    for (size_t i = 0; i < mails_.size(); ++i) {
      if (!removed_.contains(i)) left.push_back(mails_[i]);
    }
    mails_ = std::move(left);
  }
  absl::StatusOr<std::vector<Item>> List(size_t most) override {
    std::vector<Item> items;
    for (size_t i = 0; i < mails_.size() && i < most; ++i) {
      items.push_back({std::to_string(i), mails_[i].size()});
    }
    return items;
  }
  absl::StatusOr<std::string> Fetch(const std::string& id) override {
    return mails_.at(std::stoul(id));
  }
  absl::Status Remove(const std::string& id) override {
    removed_.insert(std::stoul(id));
    return absl::OkStatus();
  }

 private:
  std::vector<std::string>& mails_;
  std::set<size_t> removed_;
};

}  // namespace

std::function<mail::Submitted(const mail::SmtpSite&, std::string_view)> PostOffice::Submit() {
  return [this](const mail::SmtpSite& site, std::string_view text) {
    sites_.push_back(site);
    submitted_.emplace_back(text);
    Fault fault{{.code = 250, .body_begun = true, .body_ended = true}, true};
    if (!faults.empty()) {
      fault = faults.front();
      faults.pop_front();
    }
    if (fault.delivered) boxes_[site.to].emplace_back(text);
    return fault.seen;
  };
}

std::function<absl::StatusOr<std::unique_ptr<mail::Mailbox>>(const mail::MailboxSite&)>
PostOffice::Open() {
  return [this](const mail::MailboxSite& site) -> absl::StatusOr<std::unique_ptr<mail::Mailbox>> {
    if (mailbox_down) return absl::UnavailableError("down");
    return std::make_unique<OneBox>(boxes_[site.login]);
  };
}

}  // namespace ecluse
