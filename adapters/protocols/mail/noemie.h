// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/protocols/mail/lot.h"
#include "proto/content/content.h"

namespace ecluse::mail {

// What an insurer did with its share of an invoice.
enum class ShareState : char {
  kUnprocessed = ' ',
  kPaid = 'P',
  kRejected = 'R',
  kDeferred = 'D',
};

struct Share {
  ShareState state = ShareState::kUnprocessed;
  int64_t asked = 0;  // cents, as the return says
  int64_t paid = 0;   // negative: taken back
  bool operator==(const Share&) const = default;
};

// One invoice in a payment return.
struct PaidInvoice {
  std::string number;  // nine digits
  Lot lot;
  std::optional<Share> compulsory;  // of the AMO
  std::optional<Share> asked_of;    // of the AMC: what practices bill to operators
  std::vector<content::Reason> reasons;
  std::string transfer;  // label of the bank transfer that it is part of
  std::optional<absl::CivilDay> paid_on;
};

struct PaymentReturn {
  std::string sender;    // 14 digits, of the operator
  std::string receiver;  // 14 digits: the sender of the bills
  std::vector<PaidInvoice> invoices;
  size_t unknown = 0;  // entities that were skipped
};

// Reads a NOEMIE file. No code page is published: bytes above ASCII are read as Latin-1.
absl::StatusOr<PaymentReturn> ReadNoemie(std::string_view bytes);

// Latin-1 to UTF-8; control characters become spaces.
std::string ToUtf8(std::string_view latin);
// YYMMDD of this century; nullopt: no such day.
std::optional<absl::CivilDay> ToDay(std::string_view text);

}  // namespace ecluse::mail
