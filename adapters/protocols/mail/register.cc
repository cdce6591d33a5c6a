// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/register.h"

#include <fmt/format.h>

#include "adapters/protocols/mail/database.h"
#include "adapters/protocols/mail/register_rows.h"

namespace ecluse::mail {
namespace {

constexpr char kSchema[] = R"sql(
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS counter (sender TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS submission (
  request INTEGER PRIMARY KEY, practice TEXT NOT NULL, sender TEXT NOT NULL,
  file_id TEXT NOT NULL, file_day TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,
  mail BLOB NOT NULL, phase INTEGER NOT NULL, tries INTEGER NOT NULL,
  registered_at INTEGER NOT NULL, last_try_at INTEGER, ack INTEGER NOT NULL DEFAULT 0,
  acknowledged_at INTEGER, settled_at INTEGER) STRICT;
CREATE INDEX IF NOT EXISTS submission_file ON submission (sender, file_id, file_day);
CREATE TABLE IF NOT EXISTS invoice (
  request INTEGER NOT NULL REFERENCES submission ON DELETE CASCADE,
  sender TEXT NOT NULL, number TEXT NOT NULL, lot INTEGER NOT NULL, lot_day TEXT NOT NULL,
  asked INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0, paid INTEGER NOT NULL DEFAULT 0,
  words BLOB, PRIMARY KEY (request, number)) STRICT;
CREATE INDEX IF NOT EXISTS invoice_number ON invoice (sender, number);
CREATE TABLE IF NOT EXISTS import (digest BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS news (
  token INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL, request INTEGER NOT NULL,
  kind INTEGER NOT NULL, decision INTEGER NOT NULL, words BLOB NOT NULL,
  noted INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX IF NOT EXISTS news_digest ON news (digest);
CREATE INDEX IF NOT EXISTS news_request ON news (request);
CREATE TABLE IF NOT EXISTS quarantine (
  digest BLOB PRIMARY KEY, at INTEGER NOT NULL, reason TEXT NOT NULL, mail BLOB NOT NULL) STRICT;
)sql";

constexpr uint64_t kFileIds = 1'000'000;
constexpr uint32_t kLots = 999;

using Lock = std::lock_guard<std::mutex>;

}  // namespace

Register::Register(std::unique_ptr<Database> database, Seal seal)
    : database_(std::move(database)), seal_(std::move(seal)) {}
Register::~Register() = default;

absl::StatusOr<std::unique_ptr<Register>> Register::Open(const std::string& path, Seal seal,
                                                         absl::Time now) {
  auto database = Database::Open(path);
  if (!database.ok()) return database.status();
  std::unique_ptr<Register> opened(new Register(*std::move(database), std::move(seal)));
  if (absl::Status status = opened->Prepare(now); !status.ok()) return status;
  return opened;
}

absl::Status Register::Prepare(absl::Time now) {
  Transaction transaction(*database_);
  database_->Run(kSchema);
  Statement(*database_, "INSERT OR IGNORE INTO meta VALUES ('since', ?)")
      .Bind(absl::ToUnixMillis(now))
      .Run();
  {
    Statement since(*database_, "SELECT value FROM meta WHERE name = 'since'");
    if (since.Row()) since_ = absl::FromUnixMillis(since.Number(0));
  }
  return transaction.Commit();
}

absl::StatusOr<std::optional<Submission>> Register::Find(RequestId request) {
  const Lock lock(mutex_);
  std::optional<Submission> found;
  {
    Statement row(*database_,
                  "SELECT practice, message_id, mail, phase, tries, registered_at, last_try_at, "
                  "ack, settled_at FROM submission WHERE request = ?");
    row.Bind(rows::Id(request));
    if (row.Row()) {
      found = Submission{
          .request = request,
          .practice = row.Text(0),
          .message_id = row.Text(1),
          .mail = row.Text(2),
          .phase = static_cast<Phase>(row.Number(3)),
          .tries = static_cast<uint32_t>(row.Number(4)),
          .registered_at = absl::FromUnixMillis(row.Number(5)),
          .last_try_at = row.IsNull(6) ? absl::InfinitePast() : absl::FromUnixMillis(row.Number(6)),
          .ack = static_cast<Ack>(row.Number(7)),
          .settled = !row.IsNull(8)};
    }
  }
  if (absl::Status status = database_->TakeStatus(); !status.ok()) return status;
  return found;
}

absl::StatusOr<Numbers> Register::NextNumbers(const std::string& sender, absl::CivilDay day) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  uint64_t value = 0;
  {
    Statement next(*database_,
                   "INSERT INTO counter VALUES (?, 1) "
                   "ON CONFLICT (sender) DO UPDATE SET value = value + 1 RETURNING value");
    next.Bind(sender);
    if (next.Row()) value = static_cast<uint64_t>(next.Number(0));
  }
  if (absl::Status status = transaction.Commit(); !status.ok()) return status;
  return Numbers{fmt::format("{:06}", value % kFileIds),
                 static_cast<uint32_t>((value - 1) % kLots) + 1, day};
}

absl::Status Register::Put(const Submission& s, const Bill& bill) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  Statement(*database_, "DELETE FROM submission WHERE request = ?").Bind(rows::Id(s.request)).Run();
  Statement(*database_,
            "INSERT INTO submission (request, practice, sender, file_id, file_day, message_id, "
            "mail, phase, tries, registered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .Bind(rows::Id(s.request))
      .Bind(s.practice)
      .Bind(rows::Sender(bill.sender))
      .Bind(bill.file_id)
      .Bind(bill.file_day)
      .Bind(s.message_id)
      .BindBytes(s.mail)
      .Bind(int64_t{static_cast<int>(s.phase)})
      .Bind(int64_t{s.tries})
      .Bind(absl::ToUnixMillis(s.registered_at))
      .Run();
  for (const Bill::Invoice& invoice : bill.invoices) {
    Statement(*database_,
              "INSERT INTO invoice (request, sender, number, lot, lot_day, asked) "
              "VALUES (?, ?, ?, ?, ?, ?)")
        .Bind(rows::Id(s.request))
        .Bind(rows::Sender(bill.sender))
        .Bind(invoice.number)
        .Bind(int64_t{invoice.lot.number})
        .Bind(invoice.lot.day)
        .Bind(invoice.asked)
        .Run();
  }
  return transaction.Commit();
}

absl::StatusOr<Phase> Register::Began(RequestId request, absl::Time now) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  Phase before = Phase::kRegistered;
  {
    Statement row(*database_, "SELECT phase FROM submission WHERE request = ?");
    row.Bind(rows::Id(request));
    if (row.Row()) before = static_cast<Phase>(row.Number(0));
  }
  // What is known to be sent stays sent: a repeat can't take that back.
  Statement(*database_,
            "UPDATE submission SET tries = tries + 1, last_try_at = ?, phase = MAX(phase, 2) "
            "WHERE request = ?")
      .Bind(absl::ToUnixMillis(now))
      .Bind(rows::Id(request))
      .Run();
  if (absl::Status status = transaction.Commit(); !status.ok()) return status;
  return before;
}

absl::Status Register::Ended(RequestId request, Phase phase) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  Statement(*database_,
            "UPDATE submission SET phase = CASE WHEN phase = 3 THEN 3 ELSE ? END WHERE request = ?")
      .Bind(int64_t{static_cast<int>(phase)})
      .Bind(rows::Id(request))
      .Run();
  return transaction.Commit();
}

absl::Status Register::NothingLeft(const Submission& before) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  const bool tried = before.last_try_at != absl::InfinitePast();
  Statement(*database_,
            "UPDATE submission SET tries = ?1, last_try_at = CASE WHEN ?2 THEN ?3 END, "
            "phase = CASE WHEN phase = 3 THEN 3 ELSE ?4 END WHERE request = ?5")
      .Bind(int64_t{before.tries})
      .Bind(int64_t{tried})
      .Bind(tried ? absl::ToUnixMillis(before.last_try_at) : 0)
      .Bind(int64_t{static_cast<int>(before.phase)})
      .Bind(rows::Id(before.request))
      .Run();
  return transaction.Commit();
}

}  // namespace ecluse::mail
