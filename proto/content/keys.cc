// SPDX-License-Identifier: Apache-2.0
#include "proto/content/keys.h"

#include <algorithm>
#include <string>

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

bool IsIban(std::string_view text) {
  if (text.size() < 15 || text.size() > 34) return false;
  if (!IsCapital(text[0]) || !IsCapital(text[1]) || !IsDigits(text.substr(2, 2), 2)) return false;
  const std::string_view country = text.substr(0, 2);
  if ((country == "FR" || country == "MC") && text.size() != 27) return false;
  return std::ranges::all_of(text, [](char c) { return IsDigit(c) || IsCapital(c); });
}

bool IbanFits(std::string_view iban) {
  if (!IsIban(iban)) return false;
  const std::string turned = std::string(iban.substr(4)) + std::string(iban.substr(0, 4));
  int rest = 0;
  for (const char c : turned) {
    // A letter is two digits: A is 10.
    const bool letter = IsCapital(c);
    rest = (rest * (letter ? 100 : 10) + (letter ? c - 'A' + 10 : c - '0')) % 97;
  }
  return rest == 1;
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
