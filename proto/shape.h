// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// What can be said of a value by looking at it alone. See also IsName().
namespace ecluse {

// 9 characters: digits, or a Corsican department (2A, 2B) and 7 digits.
bool IsFiness(std::string_view text);

// Valid UTF-8 with no control character, at most `most` bytes. Empty is fine.
bool IsText(std::string_view text, size_t most);

// A practice's own reference: text that is not empty.
bool IsReference(std::string_view text);

// A media type, perhaps with parameters: "application/xml; charset=iso-8859-1".
bool IsFormat(std::string_view text);

// What an operator calls the format of its answer: printable ASCII within the limit, perhaps
// nothing.
bool IsAnswerFormat(std::string_view text);

// A number that an operator gives, of an authorisation above all: printable ASCII within the limit.
// Empty is fine: none.
bool IsOperatorNumber(std::string_view text);

}  // namespace ecluse
