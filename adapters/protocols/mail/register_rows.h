// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/protocols/mail/register.h"
#include "proto/content/content.h"

// How the register's rows are read and written; for its own files.
namespace ecluse::mail::rows {

inline int64_t Id(RequestId request) { return static_cast<int64_t>(request.value); }

// Numbers of fourteen digits come back with fewer zeros in front.
inline std::string Sender(const std::string& digits) {
  const size_t first = digits.find_first_not_of('0');
  return first == std::string::npos ? "0" : digits.substr(first);
}

enum class InvoiceState : uint8_t {
  kOpen = 0,
  kPending = 1,  // received, deferred or not yet processed
  kPaid = 2,
  kRejected = 3,
  kNotAcknowledged = 4,
};
inline bool IsFinal(InvoiceState state) { return state >= InvoiceState::kPaid; }

struct InvoiceRow {
  std::string number;
  int64_t asked = 0;
  int64_t paid = 0;
  InvoiceState state = InvoiceState::kOpen;
  content::Answer words;  // reasons, and the payment
};

enum class NewsKind : uint8_t { kAnswered = 1, kAccepted = 2, kRejected = 3 };

// One return being taken over, inside a transaction.
class Import {
 public:
  Import(Database& database, const Seal& seal, std::string digest, absl::Time at)
      : database_(database), seal_(seal), digest_(std::move(digest)), at_(at) {}

  void Take(const Acknowledgement& ack);
  void Take(const PaymentReturn& file);
  const Register::Imported& imported() const { return imported_; }

 private:
  struct Found {
    RequestId request;
    std::string number;
  };
  std::optional<RequestId> FindFile(const Acknowledgement& ack);
  std::optional<Found> FindInvoice(const std::string& sender, const PaidInvoice& invoice);
  std::vector<InvoiceRow> Invoices(RequestId request, const Lot* lot);
  void Write(RequestId request, const InvoiceRow& row);

  void TakePositive(RequestId request);
  void TakeNegative(RequestId request, const Acknowledgement& ack);
  void TakeMixed(RequestId request, const Acknowledgement& ack);
  // True: the invoice's state is another one now.
  bool TakeInvoice(const Found& found, const PaidInvoice& invoice);
  // Tells how far the request has come: a word on the way, or its answer.
  void TellProgress(RequestId request);
  void Tell(RequestId request, NewsKind kind, content::Answer answer);
  void MarkSettled(RequestId request);
  bool IsSettled(RequestId request);
  void SetAck(RequestId request, Ack ack);

  Database& database_;
  const Seal& seal_;
  const std::string digest_;
  const absl::Time at_;
  Register::Imported imported_;
};

// The place of sealed words, so that none can stand for another.
std::string InvoicePlace(RequestId request, const std::string& number);
std::string NewsPlace(RequestId request);

}  // namespace ecluse::mail::rows
