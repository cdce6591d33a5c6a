// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Where each value lies in a B2 record. Source of positions and lengths: B2 2005-E as published
// for hospitals (variant CP). The names are ours; README.md says what is fact and what is not.
namespace ecluse::b2 {

inline constexpr size_t kRecordBytes = 128;

enum class Form : uint8_t {
  kText,    // capitals, digits, spaces; left-aligned, filled with spaces
  kNumber,  // digits, right-aligned, filled with zeros
  kMoney,   // a number of cents, never negative
  kDate,    // YYMMDD; zeros where there is none
  kActor,   // FINESS or health-insurance number of nine characters, its key included
  kFree,    // text whose code page nobody published
  kBlank,   // nothing lies here
};

struct Field {
  size_t position = 0;  // of its first character; the first of a record is 1
  size_t length = 0;
  Form form = Form::kBlank;
  bool required = false;
  std::string_view name;
};

// "2" is an invoice header, "2S" its first complement, "000" and "999" frame the file.
struct Layout {
  std::string_view type;
  std::vector<Field> fields;  // side by side, together exactly kRecordBytes

  // nullptr when there is none.
  const Field* Find(std::string_view name) const;
  const Field* At(size_t position) const;
};

// Every layout known, in the order of the norm.
const std::vector<Layout>& Layouts();

// nullptr for a type that is carried unread.
const Layout* FindLayout(std::string_view type);

// The type that a record claims: the letter of a complement stands at position 36 or 39.
// REQUIRES: record.size() == kRecordBytes.
std::string TypeOf(std::string_view record);

// REQUIRES: record.size() == kRecordBytes.
std::string_view ValueOf(std::string_view record, const Field& field);

}  // namespace ecluse::b2
