// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/table.h"

#include <algorithm>

namespace ecluse::ctl {
namespace {

std::string Line(const std::vector<std::string>& cells, const std::vector<Table::Side>& sides,
                 const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += "  ";
    const std::string padding(widths[i] - Width(cells[i]), ' ');
    line += sides[i] == Table::Side::kLeft ? cells[i] + padding : padding + cells[i];
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

size_t Width(std::string_view text) {
  // Every byte but the continuations of a character.
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

Table& Table::Column(std::string title, Side side) {
  titles_.push_back(std::move(title));
  sides_.push_back(side);
  return *this;
}

void Table::Row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

std::string Table::Text() const {
  std::vector<size_t> widths;
  for (const auto& title : titles_) widths.push_back(Width(title));
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  std::string text = Line(titles_, sides_, widths);
  for (const auto& row : rows_) text += Line(row, sides_, widths);
  return text;
}

std::string Plain(std::string_view text) {
  std::string plain(text);
  for (char& c : plain) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  return plain;
}

std::string Grouped(uint64_t number, bool french) {
  std::string digits = std::to_string(number);
  for (size_t i = digits.size(); i > 3;) {
    i -= 3;
    digits.insert(i, french ? "\u202f" : ",");  // U+202F: the French narrow space
  }
  return digits;
}

}  // namespace ecluse::ctl
