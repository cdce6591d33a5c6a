// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

// The limits of typed contents and answers. Beyond one, decoding refuses and names the field. All
// are ours.
namespace ecluse::content::limits {

inline constexpr size_t kBesideDocument = 1 << 20;  // of a content, without a document's bytes
inline constexpr size_t kLines = 999;               // as many as a B2 invoice may have
inline constexpr size_t kNumberBytes = 64;          // identifiers, codes, an operator's references
inline constexpr size_t kNameBytes = 128;           // surnames, first names
inline constexpr size_t kTextBytes = 2000;  // what people read: reasons, an operator's status

inline constexpr size_t kReasons = 100;
inline constexpr size_t kLetters = 20;
inline constexpr size_t kPayments = 1000;
inline constexpr size_t kWanted = 20;

}  // namespace ecluse::content::limits
