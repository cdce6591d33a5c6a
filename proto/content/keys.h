// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// Shapes and check digits of the numbers and codes that B2 does not have. The others are in
// proto/b2/keys.h, FINESS's shape in proto/shape.h.
namespace ecluse::content {

bool AllDigits(std::string_view text);  // false for an empty text
bool IsDigits(std::string_view text, size_t length);

// Luhn over fourteen digits. La Poste has more establishments than Luhn's rule leaves room for:
// theirs add up to a multiple of five, save the head office.
bool SiretFits(std::string_view siret);

// Capital letters and digits without spaces: the country, two digits of key, eleven to thirty more;
// of France and Monaco twenty-seven in all (ISO 13616).
bool IsIban(std::string_view text);
// The key: modulo 97 (ISO 7064).
bool IbanFits(std::string_view iban);

// The first digits that validators agree about: 1, 2, 4, 7, 8. Others are temporary at best.
bool IsUsualNir(std::string_view nir);

// Thirteen digits that begin with 34009; and the EAN-13 key over them.
bool IsCip13(std::string_view code);
bool Cip13Fits(std::string_view code);

// Four letters, three digits; then perhaps "-" and the activity, then perhaps "-" and the phase,
// a digit each.
bool IsCcam(std::string_view code);

// A letter, then letters or digits, five in all at most. The letters are a table that is not ours.
bool IsNgap(std::string_view code);

// Nine characters: digits, or letters A to F.
bool IsAdeli(std::string_view number);

}  // namespace ecluse::content
