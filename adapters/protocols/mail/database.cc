// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace ecluse::mail {
namespace {

constexpr int kBusyMillis = 5000;

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& path) {
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (made < 0) return absl::UnavailableError("can't open " + path);
  ::close(made);
  sqlite3* db = nullptr;
  const int opened =
      sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<Database> database(new Database(db));
  if (opened != SQLITE_OK) return absl::UnavailableError("can't open " + path);
  sqlite3_busy_timeout(db, kBusyMillis);
  database->Run("PRAGMA locking_mode=EXCLUSIVE");
  database->Run("PRAGMA journal_mode=WAL");
  database->Run("PRAGMA synchronous=FULL");
  database->Run("PRAGMA foreign_keys=ON");
  // The lock is taken by the first write, and kept.
  database->Run("BEGIN EXCLUSIVE");
  database->Run("COMMIT");
  const absl::Status status = database->TakeStatus();
  if (!status.ok()) {
    return absl::UnavailableError(path + ": " + std::string(status.message()));
  }
  return database;
}

Database::~Database() { sqlite3_close_v2(db_); }

void Database::Keep(int code) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE || !first_.ok()) return;
  first_ = absl::UnavailableError(sqlite3_errmsg(db_));
}

void Database::Run(const char* sql) {
  if (first_.ok()) Keep(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr));
}

absl::Status Database::TakeStatus() {
  absl::Status status = first_;
  first_ = absl::OkStatus();
  return status;
}

Statement::Statement(Database& database, const char* sql) : database_(database) {
  if (!database_.first_.ok()) return;
  database_.Keep(sqlite3_prepare_v2(database_.db_, sql, -1, &statement_, nullptr));
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::Bind(int64_t value) {
  database_.Keep(sqlite3_bind_int64(statement_, ++bound_, value));
  return *this;
}

Statement& Statement::Bind(std::string_view text) {
  database_.Keep(sqlite3_bind_text64(statement_, ++bound_,
                                     text.data() == nullptr ? "" : text.data(), text.size(),
                                     SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::BindBytes(std::string_view bytes) {
  database_.Keep(sqlite3_bind_blob64(statement_, ++bound_,
                                     bytes.data() == nullptr ? "" : bytes.data(), bytes.size(),
                                     SQLITE_TRANSIENT));
  return *this;
}

bool Statement::Row() {
  if (statement_ == nullptr) return false;
  const int code = sqlite3_step(statement_);
  database_.Keep(code);
  return code == SQLITE_ROW;
}

void Statement::Run() {
  while (Row()) {
  }
}

int64_t Statement::Number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::Text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes),
          static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.Run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  (void)database_.TakeStatus();
  database_.Run("ROLLBACK");
  (void)database_.TakeStatus();
}

absl::Status Transaction::Commit() {
  absl::Status status = database_.TakeStatus();
  if (status.ok()) {
    database_.Run("COMMIT");
    status = database_.TakeStatus();
  }
  if (status.ok()) open_ = false;
  return status;
}

}  // namespace ecluse::mail
