// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>

#include "proto/profile/profile.h"

namespace ecluse::profile {
namespace {

struct Letters {
  std::string_view all;
  std::string_view plain;
};

// What French words are written with, capitals included, and what becomes of it.
constexpr Letters kLetters[] = {
    {"àáâäÀÁÂÄ", "a"}, {"çÇ", "c"},
    {"èéêëÈÉÊË", "e"}, {"ìíîïÌÍÎÏ", "i"},
    {"ñÑ", "n"},       {"òóôöÒÓÔÖ", "o"},
    {"ùúûüÙÚÛÜ", "u"}, {"ÿŸ", "y"},
    {"œŒ", "oe"},      {"æÆ", "ae"},
    {"’", "'"},        {"\xC2\xA0\xE2\x80\xAF", " "},
    {"–", "-"},        {"\xCC\x80\xCC\x81\xCC\x82\xCC\x88\xCC\xA7", ""},  // combining accents
};

size_t LengthAt(std::string_view text, size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return std::min(length, text.size() - at);
}

// One character as it is kept; what is no letter of the list stays.
std::string_view Plain(std::string_view character) {
  for (const Letters& letters : kLetters) {
    for (size_t at = 0; at < letters.all.size(); at += LengthAt(letters.all, at)) {
      if (letters.all.substr(at, LengthAt(letters.all, at)) == character) return letters.plain;
    }
  }
  return character;
}

}  // namespace

std::string Fold(std::string_view word) {
  std::string folded;
  for (size_t at = 0; at < word.size(); at += LengthAt(word, at)) {
    for (const char c : Plain(word.substr(at, LengthAt(word, at)))) {
      const bool space = c == ' ' || (c >= '\t' && c <= '\r');
      if (space && (folded.empty() || folded.back() == ' ')) continue;
      folded += space ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

}  // namespace ecluse::profile
