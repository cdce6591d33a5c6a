// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

// What contents and answers have in common, taken out of them before they are compressed: a text
// of some hundred bytes has no room to repeat itself in. FORMAT.md, "Dictionaries".
namespace ecluse::store {

// Dictionaries are numbered from 1. INVARIANT: one that was ever shipped stays, unchanged: what was
// packed with it can't be read without it.
inline constexpr uint8_t kNewestDictionary = 1;

// Its bytes, for zstd. REQUIRES: 1 to kNewestDictionary.
std::string_view DictionaryBytes(uint8_t number);

}  // namespace ecluse::store
