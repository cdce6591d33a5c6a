// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "proto/wire.h"

namespace ecluse {

// What practice software uses to speak with the broker. It says every call until it is answered
// or `within` is over; kDeadlineExceeded means that nobody knows whether the broker heard it, and
// doing the same again is safe: a repeated deposit gets the receipt of the first.
//
// A refusal by the broker is a status with CodeOf(). A client belongs to one thread.
class Client {
 public:
  static absl::StatusOr<std::unique_ptr<Client>> Connect(LinkOptions options);

  // Waits for the receipt. When it is heard, the request is on the broker's disk and its duty.
  absl::StatusOr<wire::Receipt> Deposit(wire::Deposit::Item item, absl::Duration within);
  // Any number of them, in as few calls as the limits allow; one result each, in order. After an
  // error some of them may have been accepted: deposit all of them again. A content above
  // limits::kContentBytes is kContentTooLarge, and then none of them was said.
  absl::StatusOr<wire::DepositResult> Deposit(std::vector<wire::Deposit::Item> items,
                                              absl::Duration within);

  // Many deposits under way at once: Post() them, up to a window of the caller's choice, and
  // Collect() the results as they come, in no order. A deposit that is not collected is no receipt.
  // REQUIRES: no other function is called while a post is not collected.
  using Ticket = Link::Ticket;
  struct Posted {
    Ticket ticket = 0;
    absl::StatusOr<wire::DepositResult> result;
  };
  Ticket Post(wire::Deposit deposit, absl::Duration within);
  std::optional<Posted> Collect(absl::Duration within);

  // One result per receipt, then one per reference. At most limits::kStatusPerCall together.
  absl::StatusOr<wire::StatusResult> Status(wire::StatusOf of, absl::Duration within);
  // Takes the request back, if it is surely unsent.
  absl::StatusOr<wire::RequestStatus> Withdraw(RequestId receipt, absl::Duration within);

  // The practice still wants these; one result per receipt, in order. At most
  // limits::kStatusPerCall.
  absl::StatusOr<wire::SaidResult> Confirm(std::vector<RequestId> receipts, absl::Duration within);
  // A request that waits for the practice's decision is to go, with this authorisation number;
  // empty: without one. kNotAsked: it does not wait for one.
  absl::StatusOr<wire::RequestStatus> Decide(RequestId receipt, std::string grant,
                                             absl::Duration within);
  // The practice sent it by other means: it ends here, if it is surely unsent (else kNotUnsent).
  // The proof says how and when, without a patient's name.
  absl::StatusOr<wire::RequestStatus> SentElsewhere(wire::SentElsewhere said,
                                                    absl::Duration within);

  // The oldest answers that were not acknowledged. They stay until Acknowledge().
  absl::StatusOr<wire::InboxResult> ReadInbox(uint32_t at_most, absl::Duration within);
  // The same, but waits until there is one. kDeadlineExceeded: there is none yet.
  absl::StatusOr<wire::InboxResult> WaitInbox(uint32_t at_most, absl::Duration within);
  // Forgets the answers up to this position. To be called once they are safe on the practice's
  // side: what is acknowledged never comes again.
  absl::Status Acknowledge(uint64_t position, absl::Duration within);

  // Which operators are open, and if not, why and until when.
  absl::StatusOr<wire::OperatorsResult> Operators(absl::Duration within);

 private:
  explicit Client(std::unique_ptr<Link> link) : link_(std::move(link)) {}
  std::unique_ptr<Link> link_;
};

}  // namespace ecluse
