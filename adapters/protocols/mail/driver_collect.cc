// SPDX-License-Identifier: Apache-2.0
#include <absl/status/status.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "adapters/protocols/mail/driver.h"

namespace ecluse::mail {
namespace {

constexpr size_t kMailsPerVisit = 200;
constexpr size_t kMailsListed = 10'000;
constexpr size_t kNewsAtOnce = 256;
constexpr absl::Duration kForgetEvery = absl::Hours(24);
constexpr char kUnreadable[] = "unreadable";

}  // namespace

// `finished`: everything that the mail had to say is noted by the broker, or kept for a person.
absl::Status MailDriver::TakeMail(const std::string& mail, bool& finished) {
  finished = false;
  const absl::StatusOr<Return> back = ReadReturn(mail, settings_.returns);
  if (!back.ok()) {
    const absl::Status kept = register_->Quarantine(mail, kUnreadable, ports_.now());
    finished = kept.ok();
    return kept;
  }
  const auto imported = register_->Import(*back, mail, ports_.now());
  if (!imported.ok()) return imported.status();
  const absl::StatusOr<bool> done = register_->Done(back->digest);
  if (!done.ok()) return done.status();
  finished = *done;
  return absl::OkStatus();
}

absl::StatusOr<size_t> MailDriver::ReadMailbox() {
  auto mailbox = ports_.open(settings_.mailbox);
  if (!mailbox.ok()) return mailbox.status();
  const auto items = (*mailbox)->List(kMailsListed);
  if (!items.ok()) return items.status();
  size_t too_large = 0;
  size_t read = 0;
  for (const Mailbox::Item& item : *items) {
    // It stays where it is: neither memory nor register would hold it.
    if (item.bytes > settings_.mailbox.mail_bytes) {
      ++too_large;
      continue;
    }
    if (++read > kMailsPerVisit) break;
    const absl::StatusOr<std::string> mail = (*mailbox)->Fetch(item.id);
    if (!mail.ok()) return mail.status();
    bool finished = false;
    if (absl::Status taken = TakeMail(*mail, finished); !taken.ok()) return taken;
    if (!finished) continue;
    if (absl::Status removed = (*mailbox)->Remove(item.id); !removed.ok()) return removed;
  }
  return too_large;
}

std::vector<Handler::News> MailDriver::Collect() {
  absl::Status collected;
  if (!settings_.mailbox.url.empty()) {
    const absl::StatusOr<size_t> too_large = ReadMailbox();
    collected = too_large.status();
    if (too_large.ok() && *too_large > 0) {
      collected = absl::OutOfRangeError(
          fmt::format("{} returned mails are too large and stay in the mailbox", *too_large));
    }
  }
  const absl::Time now = ports_.now();
  if (now - forgotten_at_ >= kForgetEvery && register_->Forget(now - settings_.keep).ok()) {
    forgotten_at_ = now;
  }
  Report(collected);
  auto waiting = register_->Waiting(kNewsAtOnce);
  if (!waiting.ok()) Report(waiting.status());
  return waiting.ok() ? *std::move(waiting) : std::vector<Handler::News>();
}

void MailDriver::Noted(const Handler::News& news, ErrorCode) {
  // What the broker knew already or can't use need not be told again either.
  // What could not be noted here is told again, which is harmless.
  (void)register_->Noted(news.token);
}

absl::StatusOr<MailDriver::Standing> MailDriver::HowItStands() {
  const absl::StatusOr<Counts> counts = register_->Count();
  if (!counts.ok()) return counts.status();
  const absl::Time now = ports_.now();
  const auto past = [&](const Delay& delay) {
    return static_cast<uint64_t>(std::ranges::count_if(
        counts->unacknowledged,
        [&](absl::Time registered) { return now >= delay.After(registered); }));
  };
  return Standing{counts->unanswered, past(settings_.reminder), past(settings_.alert),
                  counts->quarantined};
}

void MailDriver::ReadQuarantineAgain() {
  for (std::string after;;) {
    const auto kept = register_->NextInQuarantine(kUnreadable, after);
    if (!kept.ok()) return Report(kept.status());
    if (!*kept) return;
    after = (*kept)->digest;
    const std::string& mail = (*kept)->mail;
    const absl::StatusOr<Return> back = ReadReturn(mail, settings_.returns);
    if (!back.ok()) continue;
    const auto imported = register_->Import(*back, mail, ports_.now());
    if (!imported.ok() || imported->unmatched > 0 || imported->contradicts > 0) continue;
    if (absl::Status released = register_->Release(mail); !released.ok()) Report(released);
  }
}

// On edges only: what has been told is not told again until it changes.
void MailDriver::Report(const absl::Status& collected) {
  std::string now = collected.ok() ? "" : std::string(collected.message());
  const absl::StatusOr<Standing> standing = HowItStands();
  if (standing.ok() && (standing->overdue > 0 || standing->quarantined > 0)) {
    now += fmt::format("{}for a person: {} bills long unacknowledged, {} returns in quarantine",
                       now.empty() ? "" : "; ", standing->overdue, standing->quarantined);
  }
  if (now == reported_) return;
  reported_ = now;
  now.empty() ? spdlog::info("mail: all well again") : spdlog::warn("mail: {}", now);
}

}  // namespace ecluse::mail
