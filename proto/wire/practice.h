// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "proto/card.h"
#include "proto/envelope.h"
#include "proto/errors.h"
#include "proto/gate.h"
#include "proto/names.h"
#include "proto/outcome.h"
#include "proto/problem.h"
#include "proto/state.h"

// What practices say and hear.
namespace ecluse::wire {

struct Deposit {
  struct Item {
    Destination destination;
    std::string finess;
    std::string reference;
    Kind kind = Kind::kAuthorisation;
    std::string format;
    std::string content;     // travels in a frame of its own
    RequestId follows = {};  // the request it belongs to; 0: none
    // Given with the operator "card": the routing tables choose.
    std::optional<Card> card = {};
    // What the broker's edge found wrong with the content. It does not travel, nor do the next two.
    std::vector<Problem> found = {};
    std::string payee = {};                  // the bank account that a bill names
    std::optional<absl::CivilDay> day = {};  // of a bill: from which its delays are counted
    bool operator==(const Item&) const = default;
  };
  std::vector<Item> items;
  bool operator==(const Deposit&) const = default;
};

// Durable when it is heard, and from then on the broker's duty.
struct Receipt {
  RequestId number;
  absl::Time deposited_at;       // of the first deposit; millisecond precision on the wire
  bool repeated = false;         // this deposit was a repeat of an earlier one
  Destination destination = {};  // where it will go; of interest to deposits by card
  std::vector<Problem> warnings = {};
  bool operator==(const Receipt&) const = default;
};

struct DepositResult {
  std::vector<std::variant<Receipt, Error>> results;  // one per item, in order
  bool operator==(const DepositResult&) const = default;
};

struct StatusOf {
  struct ByReference {
    Destination destination;
    std::string reference;
    bool operator==(const ByReference&) const = default;
  };
  std::vector<RequestId> receipts;
  std::vector<ByReference> references;
  bool operator==(const StatusOf&) const = default;
};

// Why a request is not moving now; the texts for a screen are in proto/texts.h.
enum class WhyWaiting : uint8_t {
  kNothing = 0,     // it is moving, or at its end
  kTurn = 1,        // others are before it
  kGateClosed = 2,  // the destination is closed
  kCanary = 3,      // the destination just reopened: one request goes first
  kPaused = 4,      // the operator asked for a pause, or can't be reached
  kHeld = 5,        // a hold
  kRetry = 6,       // it will be tried again
  kStrikes = 7,     // tried too often: a person looks at it
  kProbe = 8,       // in doubt: the operator is being asked
  kPerson = 9,      // in doubt: only a person can tell
  kOperator = 10,   // the operator has it and has not answered yet
  kDamaged = 11,
  kDiskLow = 12,    // the broker has no room to record deliveries
  kAccount = 13,    // the operator refused the account's login: the account needs a person
  kRoute = 14,      // the card's requests go elsewhere by now: a person decides
  kTechnical = 15,  // technical refusal: a person looks at it
  kSuspected = 16,  // the destination failed: one at a time until it is well
  kReclosed = 17,   // the broker closed it again on the way up
  kAnswers = 18,    // closed again for its answers: a person looks at them
  kCase = 19,       // an earlier request of its case comes first: `behind`
  kDecide = 20,     // the practice decides: its authorisation was not granted as asked
  kConfirm = 21,    // the practice says whether it still wants it
  kPayee = 22,      // the bank account to be paid changed: a person looks at it
  kExport = 23,     // being handed over by other means
  kQuarantine = 24,
  kPassword = 25,  // waits for the practice to change its password at the operator
  kResting = 26,   // the account is not reopened yet
  kRestored = 27,  // the store was restored: ops look first
  kLogins = 28,    // new logins are tried one after the other
  kUnserved = 29,  // no adapter serves the destination
};

struct RequestStatus {
  RequestId number;
  Destination destination;
  std::string reference;
  StateCode state = StateCode::kReady;
  WhyWaiting why = WhyWaiting::kNothing;
  absl::Time deposited_at;
  uint32_t attempts = 0;
  uint64_t before = 0;     // requests that go before it, while it is in its queue
  RequestId follows = {};  // the request it belongs to; 0: none
  // What the operator has said so far, in the order of the codes.
  std::vector<Decision> said = {};
  absl::Time due = absl::InfiniteFuture();     // by when it should be at the operator
  RequestId behind = {};                       // kCase: the one that comes first
  std::optional<absl::Duration> goes_in = {};  // at today's rate; nullopt: nobody can tell
  bool operator==(const RequestStatus&) const = default;
};

struct StatusResult {
  // One per asked receipt, then one per asked reference, in order.
  std::vector<std::variant<RequestStatus, Error>> results;
  bool operator==(const StatusResult&) const = default;
};

struct Withdraw {
  RequestId receipt;
  bool operator==(const Withdraw&) const = default;
};
struct WithdrawResult {
  RequestStatus status;
  bool operator==(const WithdrawResult&) const = default;
};

// What only the practice can say of its requests. Each may be repeated.

// It still wants these.
struct Confirm {
  std::vector<RequestId> receipts;
  bool operator==(const Confirm&) const = default;
};
// A request that waits for the practice's decision is to go, with this authorisation number (one
// obtained by telephone, or that of the grant that differs); empty: without one.
struct Decide {
  RequestId receipt;
  std::string grant;
  bool operator==(const Decide&) const = default;
};
// It was sent by other means (telephone, paper, another channel): surely unsent here, it ends.
struct SentElsewhere {
  RequestId receipt;
  std::string proof;   // for the history: how, when; no patient's name
  std::string number;  // the operator's own for it, if it gave one; a waiting bill takes it along
  bool operator==(const SentElsewhere&) const = default;
};
// One per receipt, in order.
struct SaidResult {
  std::vector<std::variant<RequestStatus, Error>> results;
  bool operator==(const SaidResult&) const = default;
};

// Answers are kept, in order, until acknowledged.
struct Inbox {
  uint64_t acknowledge = 0;  // forget all up to this position; 0: none
  uint32_t at_most = 64;     // entries to read back, after acknowledging; 0: none
  bool operator==(const Inbox&) const = default;
};

// What an inbox entry tells.
enum class Event : uint8_t {
  kAnswered = 1,  // the operator's answer, `decision` and body
  kRejected = 2,  // the operator never took it; the body says why
  kNews = 3,      // a word on the way: the operator has it, and will say more
  kAsked = 4,     // the practice is asked; `why` says what: kDecide, kConfirm
  kReturned = 5,  // given back unsent: its authorisation was refused
};

struct InboxEntry {
  uint64_t position = 0;  // 1, 2, 3… in each practice
  RequestId request;
  Destination destination;
  std::string reference;
  Event event = Event::kAnswered;
  Decision decision = Decision::kOther;
  absl::Time at;
  std::string format;
  std::string body;                       // travels in a frame of its own
  WhyWaiting why = WhyWaiting::kNothing;  // kAsked
  bool operator==(const InboxEntry&) const = default;
};

struct InboxResult {
  std::vector<InboxEntry> entries;
  uint64_t remaining = 0;  // entries after these
  bool operator==(const InboxResult&) const = default;
};

// State of every destination, for the practice's screen.
struct Operators {
  bool operator==(const Operators&) const = default;
};

struct DestinationStatus {
  Destination destination;
  GateState gate;
  bool held = false;       // a hold stops this destination or this practice's account
  uint64_t waiting = 0;    // of this practice; of all, when ops asks
  uint64_t before = 0;     // requests that go before the practice's next one
  uint64_t in_flight = 0;  // of all; ops only
  bool served = true;      // an adapter has asked for its work lately
  bool password = false;   // this practice is to change its password there first
  std::optional<absl::Duration> opens_in = {};  // the announced hour: a hint
  std::optional<absl::Duration> empty_in =
      {};  // at today's rate: when the practice's last one goes
  bool operator==(const DestinationStatus&) const = default;
};

struct OperatorsResult {
  std::vector<DestinationStatus> destinations;
  bool operator==(const OperatorsResult&) const = default;
};

}  // namespace ecluse::wire
