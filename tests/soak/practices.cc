// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "proto/limits.h"
#include "tests/soak/people.h"

namespace ecluse::soak {
namespace {

// A correlation tells what was asked, and of whom.
enum class Asked : uint64_t { kDeposit = 1, kRepeat, kWithdraw, kInbox, kLook };
constexpr unsigned kAskedAt = 56;

uint64_t Correlation(Asked asked, uint64_t n) {
  return static_cast<uint64_t>(asked) << kAskedAt | n;
}

}  // namespace

Practices::Practices(const Catalogue& catalogue, const Rhythm& rhythm, Oracle& oracle,
                     const Options& options)
    : catalogue_(catalogue),
      rhythm_(rhythm),
      oracle_(oracle),
      chance_(options.seed ^ 0x9e0913),
      requests_(options.requests),
      read_(catalogue.practices().size(), 0) {}

void Practices::DepositOne(Host& host, uint64_t n, bool repeat) {
  host.Hear("p", catalogue_.practices()[catalogue_.PracticeOf(n)],
            Correlation(repeat ? Asked::kRepeat : Asked::kDeposit, n),
            wire::Deposit{{catalogue_.ItemOf(n)}});
}

// What leads a case stays: its bill would have to be decided on.
void Practices::Withdraw(Host& host, uint64_t n) {
  if (catalogue_.IsFollowed(n)) return;
  host.Hear("p", catalogue_.practices()[catalogue_.PracticeOf(n)], Correlation(Asked::kWithdraw, n),
            wire::Withdraw{Catalogue::NumberOf(n)});
}

void Practices::Deposit(Host& host, uint64_t count) {
  const uint64_t later = std::max<uint64_t>(1, requests_ / 20);
  for (; count > 0 && deposited_ < requests_; --count, ++deposited_) {
    DepositOne(host, deposited_, false);
    if (deposited_ < later) continue;
    const uint64_t earlier = deposited_ - later;
    if (chance_.Below(100, earlier, kRepeats) == 0) DepositOne(host, earlier, true);
    const bool closed = deposited_ < rhythm_.first_after();
    if (closed && chance_.Below(500, earlier, kWithdraws) == 0) Withdraw(host, earlier);
  }
}

void Practices::Visit(Host& host, uint32_t practice) {
  const identity::Practice& who = catalogue_.practices()[practice];
  host.Hear("p", who, Correlation(Asked::kLook, practice), wire::Operators{});
  unread_.push_back(practice);
}

void Practices::Speak(Host& host) {
  for (const uint32_t practice : std::exchange(unread_, {})) {
    host.Hear("p", catalogue_.practices()[practice], Correlation(Asked::kInbox, practice),
              wire::Inbox{read_[practice], limits::kInboxPerCall});
  }
}

void Practices::HearDeposit(const wire::DepositResult& result, uint64_t n, bool repeat) {
  const auto* receipt =
      result.results.size() == 1 ? std::get_if<wire::Receipt>(&result.results.front()) : nullptr;
  if (!receipt) return oracle_.Wrong("a deposit is taken", n);
  oracle_.Receipted(n, *receipt, repeat);
}

void Practices::HearInbox(const wire::InboxResult& result, uint32_t practice) {
  for (const wire::InboxEntry& entry : result.entries) {
    if (entry.position != read_[practice] + 1) {
      oracle_.Wrong("an inbox has no gap and shows nothing twice",
                    Catalogue::PlaceOf(entry.request));
    }
    read_[practice] = entry.position;
    oracle_.Read(practice, entry);
    ++answers_;
  }
  if (!result.entries.empty()) unread_.push_back(practice);
}

void Practices::Hear(const wire::Reply& reply) {
  const auto asked = static_cast<Asked>(reply.correlation >> kAskedAt);
  const uint64_t n = reply.correlation & ((uint64_t{1} << kAskedAt) - 1);
  if (const auto* deposit = std::get_if<wire::DepositResult>(&reply.body)) {
    HearDeposit(*deposit, n, asked == Asked::kRepeat);
  } else if (const auto* inbox = std::get_if<wire::InboxResult>(&reply.body)) {
    HearInbox(*inbox, static_cast<uint32_t>(n));
  } else if (const auto* withdrawn = std::get_if<wire::WithdrawResult>(&reply.body)) {
    if (withdrawn->status.state == StateCode::kWithdrawn) oracle_.WithdrawnNow(n);
  } else if (!std::holds_alternative<wire::OperatorsResult>(reply.body)) {
    oracle_.Wrong("a practice is answered in kind", n);
  }
}

}  // namespace ecluse::soak
