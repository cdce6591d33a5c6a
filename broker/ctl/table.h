// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ecluse::ctl {

// Columns that a terminal shows for a UTF-8 text of ours: one for each character.
size_t Width(std::string_view text);

// Rows of cells, aligned for people. The last column is never padded.
class Table {
 public:
  enum class Side { kLeft, kRight };

  Table& Column(std::string title, Side side = Side::kLeft);
  Table& Number(std::string title) { return Column(std::move(title), Side::kRight); }
  // REQUIRES: one cell per column.
  void Row(std::vector<std::string> cells);

  bool empty() const { return rows_.empty(); }
  std::string Text() const;

 private:
  std::vector<Side> sides_;
  std::vector<std::string> titles_;
  std::vector<std::vector<std::string>> rows_;
};

// What a person or a peer wrote, safe for a terminal: control characters become spaces.
std::string Plain(std::string_view text);

// 1234567 as "1,234,567", or "1 234 567" in French.
std::string Grouped(uint64_t number, bool french);

}  // namespace ecluse::ctl
