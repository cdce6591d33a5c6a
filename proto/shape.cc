// SPDX-License-Identifier: Apache-2.0
#include "proto/shape.h"

#include <algorithm>
#include <cstdint>

#include "proto/limits.h"

namespace ecluse {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsTokenCharacter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("!#$&^_.+-").find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenCharacter);
}

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// Reads one character of UTF-8 and moves past it; -1 where there is none. Overlong forms,
// surrogates and what lies beyond U+10FFFF are none.
int32_t TakeCharacter(std::string_view& text) {
  const auto first = static_cast<uint8_t>(text[0]);
  size_t more = 0;
  uint32_t character = first;
  uint32_t least = 0;
  if (first >= 0xF0 && first < 0xF8) {
    more = 3, character = first & 0x07U, least = 0x10000;
  } else if (first >= 0xE0 && first < 0xF0) {
    more = 2, character = first & 0x0FU, least = 0x800;
  } else if (first >= 0xC0 && first < 0xE0) {
    more = 1, character = first & 0x1FU, least = 0x80;
  } else if (first >= 0x80) {
    return -1;
  }
  if (text.size() <= more) return -1;
  for (size_t i = 1; i <= more; ++i) {
    const auto next = static_cast<uint8_t>(text[i]);
    if ((next & 0xC0U) != 0x80U) return -1;
    character = character << 6U | (next & 0x3FU);
  }
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (character < least || surrogate || character > 0x10FFFF) return -1;
  text.remove_prefix(more + 1);
  return static_cast<int32_t>(character);
}

}  // namespace

bool IsFiness(std::string_view text) {
  if (text.size() != 9) return false;
  const bool corsican = text[0] == '2' && (text[1] == 'A' || text[1] == 'B');
  const auto digits = text.substr(corsican ? 2 : 0);
  return std::all_of(digits.begin(), digits.end(), IsDigit);
}

bool IsText(std::string_view text, size_t most) {
  if (text.size() > most) return false;
  while (!text.empty()) {
    const int32_t c = TakeCharacter(text);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
  }
  return true;
}

bool IsReference(std::string_view text) {
  return !text.empty() && IsText(text, limits::kReferenceBytes);
}

bool IsFormat(std::string_view text) {
  if (text.size() > limits::kFormatBytes) return false;
  const auto type = text.substr(0, std::min(text.find_first_of("; "), text.size()));
  const auto slash = type.find('/');
  return slash != std::string_view::npos && IsToken(type.substr(0, slash)) &&
         IsToken(type.substr(slash + 1)) && IsPrintable(text);
}

bool IsAnswerFormat(std::string_view text) {
  return text.size() <= limits::kFormatBytes && IsPrintable(text);
}

bool IsOperatorNumber(std::string_view text) {
  return text.size() <= limits::kNumberBytes && IsPrintable(text);
}

}  // namespace ecluse
