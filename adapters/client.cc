// SPDX-License-Identifier: Apache-2.0
#include "adapters/client.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>
#include <variant>

#include "proto/limits.h"

namespace ecluse {
namespace {

constexpr size_t kBytesPerCall = 8 << 20;
constexpr absl::Duration kInboxPoll = absl::Milliseconds(250);
constexpr absl::Duration kInboxPollMost = absl::Seconds(5);

absl::Time SteadyNow() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

template <class Result>
absl::StatusOr<Result> As(absl::StatusOr<wire::ReplyBody> reply) {
  if (!reply.ok()) return reply.status();
  if (auto* result = std::get_if<Result>(&*reply)) return std::move(*result);
  if (auto* error = std::get_if<Error>(&*reply)) return ToStatus(*error);
  return absl::InternalError("the broker's reply is not of the call's kind");
}

// How many of `items`, from the first, go into one call.
size_t Portion(const std::vector<wire::Deposit::Item>& items, size_t first) {
  size_t bytes = 0;
  size_t count = 0;
  while (first + count < items.size() && count < limits::kDepositsPerCall) {
    bytes += items[first + count].content.size();
    if (count > 0 && bytes > kBytesPerCall) break;
    ++count;
  }
  return count;
}

// The one result of a call about one request.
absl::StatusOr<wire::RequestStatus> Only(absl::StatusOr<wire::SaidResult> said) {
  if (!said.ok()) return said.status();
  if (said->results.size() != 1) return absl::InternalError("not one result for one request");
  if (auto* error = std::get_if<Error>(&said->results[0])) return ToStatus(*error);
  return std::get<wire::RequestStatus>(std::move(said->results[0]));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Client>> Client::Connect(LinkOptions options) {
  auto link = Link::Open(std::move(options));
  if (!link.ok()) return link.status();
  return std::unique_ptr<Client>(new Client(*std::move(link)));
}

absl::StatusOr<wire::Receipt> Client::Deposit(wire::Deposit::Item item, absl::Duration within) {
  std::vector<wire::Deposit::Item> items;
  items.push_back(std::move(item));
  auto result = Deposit(std::move(items), within);
  if (!result.ok()) return result.status();
  if (auto* error = std::get_if<Error>(&result->results[0])) return ToStatus(*error);
  return std::get<wire::Receipt>(result->results[0]);
}

absl::StatusOr<wire::DepositResult> Client::Deposit(std::vector<wire::Deposit::Item> items,
                                                    absl::Duration within) {
  for (size_t i = 0; i < items.size(); ++i) {
    // The broker would end the connection at such a frame, for as long as it is said again.
    if (items[i].content.size() > limits::kContentBytes) {
      return ToStatus({ErrorCode::kContentTooLarge, "items[" + std::to_string(i) + "].content"});
    }
  }
  const absl::Time until = SteadyNow() + within;
  wire::DepositResult all;
  for (size_t first = 0; first < items.size();) {
    const size_t count = Portion(items, first);
    const auto from = items.begin() + static_cast<ptrdiff_t>(first);
    wire::Deposit deposit;
    deposit.items.assign(std::make_move_iterator(from),
                         std::make_move_iterator(from + static_cast<ptrdiff_t>(count)));
    auto part = As<wire::DepositResult>(link_->Ask(std::move(deposit), until - SteadyNow()));
    if (!part.ok()) return part.status();
    if (part->results.size() != count) return absl::InternalError("not one result per deposit");
    std::move(part->results.begin(), part->results.end(), std::back_inserter(all.results));
    first += count;
  }
  return all;
}

Client::Ticket Client::Post(wire::Deposit deposit, absl::Duration within) {
  return link_->Start(std::move(deposit), within);
}

std::optional<Client::Posted> Client::Collect(absl::Duration within) {
  auto arrival = link_->Next(within);
  if (!arrival) return std::nullopt;
  return Posted{arrival->ticket, As<wire::DepositResult>(std::move(arrival->reply))};
}

absl::StatusOr<wire::StatusResult> Client::Status(wire::StatusOf of, absl::Duration within) {
  return As<wire::StatusResult>(link_->Ask(std::move(of), within));
}

absl::StatusOr<wire::RequestStatus> Client::Withdraw(RequestId receipt, absl::Duration within) {
  auto result = As<wire::WithdrawResult>(link_->Ask(wire::Withdraw{receipt}, within));
  if (!result.ok()) return result.status();
  return std::move(result->status);
}

absl::StatusOr<wire::SaidResult> Client::Confirm(std::vector<RequestId> receipts,
                                                 absl::Duration within) {
  return As<wire::SaidResult>(link_->Ask(wire::Confirm{std::move(receipts)}, within));
}

absl::StatusOr<wire::RequestStatus> Client::Decide(RequestId receipt, std::string grant,
                                                   absl::Duration within) {
  return Only(As<wire::SaidResult>(link_->Ask(wire::Decide{receipt, std::move(grant)}, within)));
}

absl::StatusOr<wire::RequestStatus> Client::SentElsewhere(wire::SentElsewhere said,
                                                          absl::Duration within) {
  return Only(As<wire::SaidResult>(link_->Ask(std::move(said), within)));
}

absl::StatusOr<wire::InboxResult> Client::ReadInbox(uint32_t at_most, absl::Duration within) {
  return As<wire::InboxResult>(link_->Ask(wire::Inbox{0, at_most}, within));
}

absl::StatusOr<wire::InboxResult> Client::WaitInbox(uint32_t at_most, absl::Duration within) {
  const absl::Time until = SteadyNow() + within;
  absl::Duration pause = kInboxPoll;
  for (;;) {
    auto result = ReadInbox(at_most, std::max(until - SteadyNow(), kInboxPoll));
    if (!result.ok() || !result->entries.empty()) return result;
    const absl::Duration left = until - SteadyNow();
    if (left <= absl::ZeroDuration()) return absl::DeadlineExceededError("the inbox is empty");
    link_->Next(std::min(pause, left));
    pause = std::min(pause * 2, kInboxPollMost);
  }
}

absl::Status Client::Acknowledge(uint64_t position, absl::Duration within) {
  return As<wire::InboxResult>(link_->Ask(wire::Inbox{position, 0}, within)).status();
}

absl::StatusOr<wire::OperatorsResult> Client::Operators(absl::Duration within) {
  return As<wire::OperatorsResult>(link_->Ask(wire::Operators{}, within));
}

}  // namespace ecluse
