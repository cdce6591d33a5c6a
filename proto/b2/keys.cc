// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/keys.h"

#include <algorithm>
#include <cstdint>

namespace ecluse::b2 {
namespace {

constexpr size_t kActorBytes = 9;
constexpr size_t kAmcBytes = 10;
constexpr size_t kNirBytes = 13;

bool AllDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

uint64_t ToNumber(std::string_view digits) {
  uint64_t number = 0;
  for (char c : digits) number = number * 10 + static_cast<uint64_t>(c - '0');
  return number;
}

}  // namespace

std::optional<int> NirKey(std::string_view nir) {
  if (nir.size() != kNirBytes) return std::nullopt;
  std::string digits(nir);
  if (digits.compare(5, 2, "2A") == 0) digits.replace(5, 2, "19");
  if (digits.compare(5, 2, "2B") == 0) digits.replace(5, 2, "18");
  if (!AllDigits(digits)) return std::nullopt;
  return 97 - static_cast<int>(ToNumber(digits) % 97);
}

bool NirKeyFits(std::string_view nir, std::string_view key) {
  if (key.size() != 2 || !AllDigits(key)) return false;
  return NirKey(nir) == static_cast<int>(ToNumber(key));
}

bool LuhnFits(std::string_view digits) {
  if (!AllDigits(digits)) return false;
  int sum = 0;
  bool twice = false;
  for (auto it = digits.rbegin(); it != digits.rend(); ++it, twice = !twice) {
    int value = (*it - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

std::string ToB2Finess(std::string_view finess) {
  std::string converted(finess);
  if (finess.size() != kActorBytes) return converted;
  if (finess.starts_with("2A")) converted.replace(0, 4, "2001");
  if (finess.starts_with("2B")) converted.replace(0, 4, "2002");
  return converted;
}

bool FinessFits(std::string_view finess) {
  return finess.size() == kActorBytes && LuhnFits(ToB2Finess(finess));
}

bool ActorFits(std::string_view number) {
  if (number.size() != kActorBytes) return false;
  std::string digits(number);
  for (char& c : digits) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>('1' + (c - 'A'));
  }
  return LuhnFits(digits);
}

std::string ToB2Amc(std::string_view number) {
  if (number.size() >= kAmcBytes) return std::string(number);
  return std::string(kAmcBytes - number.size(), '0') + std::string(number);
}

}  // namespace ecluse::b2
