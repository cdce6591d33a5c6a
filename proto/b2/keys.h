// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

// Check digits of the numbers that B2 records carry. Public rules, each with its test vectors.
namespace ecluse::b2 {

// The two-digit key of a 13-character NIR: 97 less the number modulo 97. Corsica: 2A counts as
// 19 and 2B as 18. nullopt: this is not a NIR.
std::optional<int> NirKey(std::string_view nir);
// `nir` is 13 characters, `key` 2 digits.
bool NirKeyFits(std::string_view nir, std::string_view key);

// Luhn's rule over the whole text, its last digit being the key. False when not all digits.
bool LuhnFits(std::string_view digits);

// A FINESS number, nine characters; the letter of Corsica is converted first.
bool FinessFits(std::string_view finess);

// B2 has no letter in a FINESS number: 2Ayyxxxxk is written 2001xxxxk and 2Byyxxxxk 2002xxxxk.
std::string ToB2Finess(std::string_view finess);

// FINESS, or a health professional's nine-character number: Luhn, A to F counting as 1 to 6.
bool ActorFits(std::string_view number);

// The number of a complementary insurer, filled with zeros on the left to its ten characters.
std::string ToB2Amc(std::string_view number);

}  // namespace ecluse::b2
