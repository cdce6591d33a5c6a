// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace ecluse::mail {

// An SQLite file of ours, as little of it as we need. Not for several threads at once.
class Database {
 public:
  // Opens or creates the file, readable by its owner alone, and locks it: a second process is
  // refused. What is committed is on disk (synchronous=FULL).
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Statements without values, and without rows.
  void Run(const char* sql);
  // The first error since the last call; after one nothing more is run until it is taken. Error
  // texts name tables, never values.
  absl::Status TakeStatus();

 private:
  friend class Statement;
  explicit Database(sqlite3* db) : db_(db) {}
  void Keep(int code);

  sqlite3* db_;
  absl::Status first_;
};

// One statement with its values, bound in order. An error ends it like the last row and is kept by
// the database.
class Statement {
 public:
  Statement(Database& database, const char* sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& Bind(int64_t value);
  Statement& Bind(std::string_view text);
  Statement& BindBytes(std::string_view bytes);
  // Moves to the next row; false: there is none.
  bool Row();
  void Run();

  int64_t Number(int column) const;
  std::string Text(int column) const;  // bytes too
  bool IsNull(int column) const;

 private:
  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

// Everything between its begin and Commit() becomes durable together, or not at all.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  // An error: nothing was kept.
  absl::Status Commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace ecluse::mail
