// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "adapters/protocols/mail/database.h"
#include "adapters/protocols/mail/register_rows.h"
#include "proto/content/codec.h"

namespace ecluse::mail::rows {
namespace {

std::string NineDigits(const std::string& number) {
  return number.size() < 9 ? std::string(9 - number.size(), '0') + number : number;
}

// Of one invoice. What was paid is compared with what the practice asked, as its file says; the
// return's own figure counts only where the file has none.
Decision DecisionOf(const InvoiceRow& row) {
  if (row.state == InvoiceState::kPaid) {
    return row.paid == row.asked ? Decision::kPaid : Decision::kPaidOtherAmount;
  }
  return Decision::kPaymentRejected;
}

// Of a file: paid as asked, all refused, or anything between.
Decision DecisionOf(const std::vector<InvoiceRow>& invoices) {
  const Decision first = DecisionOf(invoices.front());
  const bool all = std::ranges::all_of(
      invoices, [&](const InvoiceRow& row) { return DecisionOf(row) == first; });
  return all ? first : Decision::kPaidOtherAmount;
}

InvoiceState StateOf(const Share& share) {
  if (share.state == ShareState::kPaid) return InvoiceState::kPaid;
  if (share.state == ShareState::kRejected) return InvoiceState::kRejected;
  return InvoiceState::kPending;
}

}  // namespace

std::string InvoicePlace(RequestId request, const std::string& number) {
  return fmt::format("invoice/{}/{}", request.value, number);
}
std::string NewsPlace(RequestId request) { return fmt::format("news/{}", request.value); }

std::optional<Import::Found> Import::FindInvoice(const std::string& sender,
                                                 const PaidInvoice& invoice) {
  Statement row(database_,
                "SELECT request, number FROM invoice WHERE sender = ?1 AND number = ?2 AND "
                "(?3 = 0 OR (lot = ?3 AND lot_day = ?4)) LIMIT 2");
  row.Bind(Sender(sender))
      .Bind(NineDigits(invoice.number))
      .Bind(int64_t{invoice.lot.number})
      .Bind(invoice.lot.day);
  if (!row.Row()) return std::nullopt;
  Found found{{static_cast<uint64_t>(row.Number(0))}, row.Text(1)};
  // Two that fit are none: a person has to tell them apart.
  if (row.Row()) return std::nullopt;
  return found;
}

std::vector<InvoiceRow> Import::Invoices(RequestId request, const Lot* lot) {
  Statement row(database_,
                "SELECT number, asked, paid, state, words FROM invoice WHERE request = ?1 AND "
                "(?2 = 0 OR (lot = ?3 AND lot_day = ?4)) ORDER BY number");
  row.Bind(Id(request))
      .Bind(int64_t{lot != nullptr})
      .Bind(int64_t{lot == nullptr ? 0 : lot->number})
      .Bind(lot == nullptr ? std::string() : lot->day);
  std::vector<InvoiceRow> invoices;
  while (row.Row()) {
    InvoiceRow invoice{
        row.Text(0), row.Number(1), row.Number(2), static_cast<InvoiceState>(row.Number(3)), {}};
    if (!row.IsNull(4)) {
      const auto words = seal_.Open(row.Text(4), InvoicePlace(request, invoice.number));
      auto answer = words.ok() ? content::DecodeAnswer(*words) : words.status();
      if (answer.ok()) invoice.words = *std::move(answer);
    }
    invoices.push_back(std::move(invoice));
  }
  return invoices;
}

void Import::Write(RequestId request, const InvoiceRow& row) {
  Statement(database_,
            "UPDATE invoice SET asked = ?, paid = ?, state = ?, words = ? "
            "WHERE request = ? AND number = ?")
      .Bind(row.asked)
      .Bind(row.paid)
      .Bind(int64_t{static_cast<int>(row.state)})
      .BindBytes(seal_.Close(content::EncodeAnswer(row.words), InvoicePlace(request, row.number)))
      .Bind(Id(request))
      .Bind(row.number)
      .Run();
}

bool Import::TakeInvoice(const Found& found, const PaidInvoice& invoice) {
  const Share& share = *invoice.asked_of;
  std::vector<InvoiceRow> all = Invoices(found.request, nullptr);
  const auto it = std::ranges::find(all, found.number, &InvoiceRow::number);
  if (it == all.end()) return false;
  const InvoiceState state = StateOf(share);
  if (IsFinal(it->state)) {
    const bool same = it->state == state && it->paid == share.paid;
    if (!same && state != InvoiceState::kPending) ++imported_.contradicts;
    return false;
  }
  if (it->state == state && state == InvoiceState::kPending) return false;
  if (it->asked == 0) it->asked = share.asked;
  it->state = state;
  it->paid = share.paid;
  it->words = {};
  it->words.reasons = invoice.reasons;
  it->words.payments = {{it->number, {it->asked}, {share.paid}, invoice.transfer, invoice.paid_on}};
  Write(found.request, *it);
  return true;
}

void Import::Take(const PaymentReturn& file) {
  std::set<RequestId> moved;
  for (const PaidInvoice& invoice : file.invoices) {
    // A return that speaks of the compulsory share alone is for others.
    if (!invoice.asked_of) continue;
    const std::optional<Found> found = FindInvoice(file.receiver, invoice);
    if (!found) {
      ++imported_.unmatched;
    } else if (TakeInvoice(*found, invoice)) {
      moved.insert(found->request);
    }
  }
  for (const RequestId request : moved) {
    Statement(database_, "UPDATE submission SET phase = 3 WHERE request = ?")
        .Bind(Id(request))
        .Run();
    TellProgress(request);
  }
}

void Import::TellProgress(RequestId request) {
  const std::vector<InvoiceRow> invoices = Invoices(request, nullptr);
  const bool all =
      std::ranges::all_of(invoices, [](const InvoiceRow& row) { return IsFinal(row.state); });
  content::Answer answer;
  for (const InvoiceRow& row : invoices) {
    answer.reasons.insert(answer.reasons.end(), row.words.reasons.begin(), row.words.reasons.end());
    if (!IsFinal(row.state)) continue;
    answer.payments.insert(answer.payments.end(), row.words.payments.begin(),
                           row.words.payments.end());
  }
  answer.decision = all ? DecisionOf(invoices) : Decision::kPending;
  Tell(request, all ? NewsKind::kAnswered : NewsKind::kAccepted, std::move(answer));
  if (all) MarkSettled(request);
}

void Import::Tell(RequestId request, NewsKind kind, content::Answer answer) {
  Statement(database_,
            "INSERT INTO news (digest, request, kind, decision, words) VALUES (?, ?, ?, ?, ?)")
      .BindBytes(digest_)
      .Bind(Id(request))
      .Bind(int64_t{static_cast<int>(kind)})
      .Bind(int64_t{static_cast<int>(answer.decision)})
      .BindBytes(seal_.Close(content::EncodeAnswer(answer), NewsPlace(request)))
      .Run();
}

void Import::MarkSettled(RequestId request) {
  Statement(database_, "UPDATE submission SET settled_at = ?, mail = x'' WHERE request = ?")
      .Bind(absl::ToUnixMillis(at_))
      .Bind(Id(request))
      .Run();
}

}  // namespace ecluse::mail::rows
