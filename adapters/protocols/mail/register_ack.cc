// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "adapters/protocols/mail/database.h"
#include "adapters/protocols/mail/register_rows.h"

namespace ecluse::mail::rows {

std::optional<RequestId> Import::FindFile(const Acknowledgement& ack) {
  Statement row(database_,
                "SELECT request FROM submission WHERE sender = ? AND file_id = ? AND file_day = ? "
                "LIMIT 2");
  row.Bind(Sender(ack.receiver)).Bind(ack.file_id).Bind(ack.file_day);
  if (!row.Row()) return std::nullopt;
  const RequestId found{static_cast<uint64_t>(row.Number(0))};
  if (row.Row()) return std::nullopt;
  return found;
}

bool Import::IsSettled(RequestId request) {
  Statement row(database_, "SELECT settled_at FROM submission WHERE request = ?");
  row.Bind(Id(request));
  return row.Row() && !row.IsNull(0);
}

void Import::SetAck(RequestId request, Ack ack) {
  // Acknowledged is sent: the bytes are not needed again.
  Statement(database_,
            "UPDATE submission SET ack = ?, acknowledged_at = ?, phase = 3, mail = x'' "
            "WHERE request = ?")
      .Bind(int64_t{static_cast<int>(ack)})
      .Bind(absl::ToUnixMillis(at_))
      .Bind(Id(request))
      .Run();
}

void Import::Take(const Acknowledgement& ack) {
  const std::optional<RequestId> request = FindFile(ack);
  if (!request) {
    ++imported_.unmatched;
    return;
  }
  const auto positive = [](const auto& lot) { return lot.positive; };
  const bool all = ack.lots.empty() ? ack.positive : std::ranges::all_of(ack.lots, positive);
  const bool none = ack.lots.empty() ? !ack.positive : std::ranges::none_of(ack.lots, positive);
  const Ack now = all ? Ack::kPositive : none ? Ack::kNegative : Ack::kMixed;
  Ack before = Ack::kNone;
  {
    Statement row(database_, "SELECT ack FROM submission WHERE request = ?");
    row.Bind(Id(*request));
    if (row.Row()) before = static_cast<Ack>(row.Number(0));
  }
  if (before == now) return;
  if (before != Ack::kNone) {
    ++imported_.contradicts;
    return;
  }
  if (now == Ack::kPositive) return TakePositive(*request);
  const std::vector<InvoiceRow> invoices = Invoices(*request, nullptr);
  // What was answered or paid was taken, whatever an acknowledgement says later.
  if (std::ranges::any_of(invoices, [](const InvoiceRow& row) { return IsFinal(row.state); })) {
    ++imported_.contradicts;
    return;
  }
  now == Ack::kNegative ? TakeNegative(*request, ack) : TakeMixed(*request, ack);
}

void Import::TakePositive(RequestId request) {
  const bool settled = IsSettled(request);
  SetAck(request, Ack::kPositive);
  if (settled) return;
  content::Answer answer;
  answer.decision = Decision::kAcknowledged;
  Tell(request, NewsKind::kAccepted, std::move(answer));
}

void Import::TakeNegative(RequestId request, const Acknowledgement& ack) {
  SetAck(request, Ack::kNegative);
  content::Answer answer;
  answer.decision = Decision::kNotAcknowledged;
  answer.reasons = ack.reasons;
  for (const auto& lot : ack.lots) {
    answer.reasons.insert(answer.reasons.end(), lot.reasons.begin(), lot.reasons.end());
  }
  for (InvoiceRow row : Invoices(request, nullptr)) {
    row.state = InvoiceState::kNotAcknowledged;
    Write(request, row);
  }
  Tell(request, NewsKind::kRejected, std::move(answer));
  MarkSettled(request);
}

// Only a file that certified software built has several lots. The invoices of a refused lot are
// answered by that; the others go on.
void Import::TakeMixed(RequestId request, const Acknowledgement& ack) {
  SetAck(request, Ack::kMixed);
  content::Answer answer;
  answer.decision = Decision::kNotAcknowledged;
  answer.reasons = ack.reasons;
  for (const auto& lot : ack.lots) {
    if (lot.positive) continue;
    const std::vector<InvoiceRow> blocked = Invoices(request, &lot.lot);
    if (blocked.empty()) ++imported_.unmatched;
    for (InvoiceRow row : blocked) {
      row.state = InvoiceState::kNotAcknowledged;
      row.words.reasons = lot.reasons;
      row.words.payments = {{row.number, {row.asked}, {0}, "", std::nullopt}};
      answer.payments.push_back(row.words.payments.front());
      Write(request, row);
    }
    answer.reasons.insert(answer.reasons.end(), lot.reasons.begin(), lot.reasons.end());
  }
  Tell(request, NewsKind::kAccepted, std::move(answer));
}

}  // namespace ecluse::mail::rows
