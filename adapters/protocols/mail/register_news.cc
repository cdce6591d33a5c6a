// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/database.h"
#include "adapters/protocols/mail/register.h"
#include "adapters/protocols/mail/register_rows.h"
#include "proto/content/content.h"

namespace ecluse::mail {
namespace {

using Lock = std::lock_guard<std::mutex>;

Outcome ToOutcome(rows::NewsKind kind, Decision decision, std::string body) {
  const std::string format(content::kAnswer);
  switch (kind) {
    case rows::NewsKind::kAnswered:
      return outcome::Answered{decision, format, std::move(body)};
    case rows::NewsKind::kRejected:
      return outcome::Rejected{format, std::move(body)};
    case rows::NewsKind::kAccepted:
      break;
  }
  return outcome::Accepted{absl::ZeroDuration(), decision, format, std::move(body)};
}

// Columns: token, request, kind, decision, words.
absl::StatusOr<Handler::News> ReadNews(const Statement& row, const Seal& seal) {
  const RequestId request{static_cast<uint64_t>(row.Number(1))};
  auto words = seal.Open(row.Text(4), rows::NewsPlace(request));
  if (!words.ok()) return words.status();
  return Handler::News{static_cast<uint64_t>(row.Number(0)), request,
                       ToOutcome(static_cast<rows::NewsKind>(row.Number(2)),
                                 static_cast<Decision>(row.Number(3)), *std::move(words))};
}

}  // namespace

absl::StatusOr<Register::Imported> Register::Import(const Return& back, std::string_view mail,
                                                    absl::Time now) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  {
    Statement known(*database_, "SELECT 1 FROM import WHERE digest = ?");
    known.BindBytes(back.digest);
    if (known.Row()) return Imported{.repeated = true};
  }
  Statement(*database_, "INSERT INTO import VALUES (?, ?)")
      .BindBytes(back.digest)
      .Bind(absl::ToUnixMillis(now))
      .Run();
  rows::Import import(*database_, seal_, back.digest, now);
  std::visit([&](const auto& what) { import.Take(what); }, back.what);
  if (import.imported().unmatched > 0) Keep(mail, "unmatched", now);
  if (import.imported().contradicts > 0) Keep(mail, "contradicts", now);
  if (absl::Status status = transaction.Commit(); !status.ok()) return status;
  return import.imported();
}

void Register::Keep(std::string_view mail, const std::string& reason, absl::Time now) {
  const std::string digest = Digest(mail);
  Statement(*database_,
            "INSERT INTO quarantine VALUES (?, ?, ?, ?) "
            "ON CONFLICT (digest) DO UPDATE SET reason = excluded.reason")
      .BindBytes(digest)
      .Bind(absl::ToUnixMillis(now))
      .Bind(reason)
      .BindBytes(seal_.Close(mail, "quarantine/" + digest))
      .Run();
}

absl::Status Register::Quarantine(std::string_view mail, const std::string& reason,
                                  absl::Time now) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  Keep(mail, reason, now);
  return transaction.Commit();
}

absl::StatusOr<std::optional<Quarantined>> Register::NextInQuarantine(const std::string& reason,
                                                                      const std::string& after) {
  const Lock lock(mutex_);
  std::optional<Quarantined> next;
  {
    Statement row(*database_,
                  "SELECT digest, mail FROM quarantine WHERE reason = ? AND digest > ? "
                  "ORDER BY digest LIMIT 1");
    row.Bind(reason).BindBytes(after);
    if (row.Row()) {
      auto mail = seal_.Open(row.Text(1), "quarantine/" + row.Text(0));
      if (!mail.ok()) return mail.status();
      next = Quarantined{row.Text(0), *std::move(mail)};
    }
  }
  if (absl::Status status = database_->TakeStatus(); !status.ok()) return status;
  return next;
}

absl::Status Register::Release(std::string_view mail) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  Statement(*database_, "DELETE FROM quarantine WHERE digest = ?").BindBytes(Digest(mail)).Run();
  return transaction.Commit();
}

absl::StatusOr<std::vector<Handler::News>> Register::Waiting(size_t most) {
  const Lock lock(mutex_);
  std::vector<Handler::News> waiting;
  {
    Statement row(*database_,
                  "SELECT token, request, kind, decision, words FROM news WHERE noted = 0 "
                  "ORDER BY token LIMIT ?");
    row.Bind(static_cast<int64_t>(most));
    while (row.Row()) {
      auto news = ReadNews(row, seal_);
      if (!news.ok()) return news.status();
      waiting.push_back(*std::move(news));
    }
  }
  if (absl::Status status = database_->TakeStatus(); !status.ok()) return status;
  return waiting;
}

absl::Status Register::Noted(uint64_t token) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  Statement(*database_, "UPDATE news SET noted = 1 WHERE token = ?")
      .Bind(static_cast<int64_t>(token))
      .Run();
  return transaction.Commit();
}

absl::StatusOr<bool> Register::Done(const std::string& digest) {
  const Lock lock(mutex_);
  bool done = false;
  {
    Statement row(*database_,
                  "SELECT EXISTS (SELECT 1 FROM import WHERE digest = ?1) AND NOT EXISTS "
                  "(SELECT 1 FROM news WHERE digest = ?1 AND noted = 0)");
    row.BindBytes(digest);
    done = row.Row() && row.Number(0) == 1;
  }
  if (absl::Status status = database_->TakeStatus(); !status.ok()) return status;
  return done;
}

absl::StatusOr<std::optional<Outcome>> Register::LastWord(RequestId request) {
  const Lock lock(mutex_);
  std::optional<Outcome> word;
  {
    Statement row(*database_,
                  "SELECT token, request, kind, decision, words FROM news WHERE request = ? "
                  "ORDER BY kind = 2, token DESC LIMIT 1");
    row.Bind(rows::Id(request));
    if (row.Row()) {
      auto news = ReadNews(row, seal_);
      if (!news.ok()) return news.status();
      word = std::move(news->outcome);
    }
  }
  if (absl::Status status = database_->TakeStatus(); !status.ok()) return status;
  return word;
}

absl::StatusOr<Counts> Register::Count() {
  const Lock lock(mutex_);
  Counts counts;
  {
    Statement row(*database_,
                  "SELECT (SELECT COUNT(*) FROM submission WHERE tries > 0 AND "
                  "settled_at IS NULL), (SELECT COUNT(*) FROM quarantine)");
    if (row.Row()) {
      counts.unanswered = static_cast<uint64_t>(row.Number(0));
      counts.quarantined = static_cast<uint64_t>(row.Number(1));
    }
    Statement silent(*database_,
                     "SELECT registered_at FROM submission WHERE tries > 0 AND ack = 0 AND "
                     "settled_at IS NULL");
    while (silent.Row()) {
      counts.unacknowledged.push_back(absl::FromUnixMillis(silent.Number(0)));
    }
  }
  if (absl::Status status = database_->TakeStatus(); !status.ok()) return status;
  return counts;
}

absl::Status Register::Forget(absl::Time before) {
  const Lock lock(mutex_);
  Transaction transaction(*database_);
  const int64_t limit = absl::ToUnixMillis(before);
  Statement(*database_,
            "DELETE FROM submission WHERE settled_at < ? AND NOT EXISTS "
            "(SELECT 1 FROM news WHERE news.request = submission.request AND noted = 0)")
      .Bind(limit)
      .Run();
  database_->Run(
      "DELETE FROM news WHERE noted = 1 AND NOT EXISTS "
      "(SELECT 1 FROM submission WHERE submission.request = news.request)");
  return transaction.Commit();
}

}  // namespace ecluse::mail
