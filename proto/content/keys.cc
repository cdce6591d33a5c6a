// SPDX-License-Identifier: Apache-2.0
#include "proto/content/keys.h"

#include <algorithm>

#include "proto/b2/keys.h"

namespace ecluse::content {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

bool AllDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsDigit);
}

bool IsDigits(std::string_view text, size_t length) {
  return text.size() == length && AllDigits(text);
}

bool SiretFits(std::string_view siret) {
  if (!IsDigits(siret, 14)) return false;
  if (!siret.starts_with("356000000") || siret == "35600000000048") return b2::LuhnFits(siret);
  int sum = 0;
  for (const char c : siret) sum += c - '0';
  return sum % 5 == 0;
}

bool IsUsualNir(std::string_view nir) {
  return !nir.empty() && std::string_view("12478").find(nir[0]) != std::string_view::npos;
}

bool IsCip13(std::string_view code) { return IsDigits(code, 13) && code.starts_with("34009"); }

bool Cip13Fits(std::string_view code) {
  if (!IsDigits(code, 13)) return false;
  int sum = 0;
  for (size_t i = 0; i < code.size(); ++i) sum += (code[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return sum % 10 == 0;
}

bool IsCcam(std::string_view code) {
  if (code.size() < 7 || !std::ranges::all_of(code.substr(0, 4), IsCapital)) return false;
  if (!std::ranges::all_of(code.substr(4, 3), IsDigit)) return false;
  const std::string_view rest = code.substr(7);
  if (rest.empty()) return true;
  const bool activity = rest.size() >= 2 && rest[0] == '-' && IsDigit(rest[1]);
  const bool phase = rest.size() == 4 && rest[2] == '-' && IsDigit(rest[3]);
  return activity && (rest.size() == 2 || phase);
}

bool IsNgap(std::string_view code) {
  return !code.empty() && code.size() <= 5 && IsCapital(code[0]) &&
         std::ranges::all_of(code, [](char c) { return IsDigit(c) || IsCapital(c); });
}

bool IsAdeli(std::string_view number) {
  return number.size() == 9 &&
         std::ranges::all_of(number, [](char c) { return IsDigit(c) || (c >= 'A' && c <= 'F'); });
}

}  // namespace ecluse::content
