// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/civil_time.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "proto/b2/layout.h"

namespace ecluse::b2 {

// One record being written. It starts with zeros and spaces in every field, its own type and, in
// a complement, its letter. A value that does not fit is refused, never cut; the first refusal is
// kept and told at the end. Refusals name the field and never its value.
class Record {
 public:
  explicit Record(std::string_view type);

  // A field by its name.
  Record& Set(std::string_view field, std::string_view text);
  Record& Set(std::string_view field, uint64_t number);
  Record& Set(std::string_view field, absl::CivilDay day);
  // A field by the position of its first character.
  Record& Set(size_t position, std::string_view text);
  Record& Set(size_t position, uint64_t number);

  absl::StatusOr<std::string> Bytes() const;

 private:
  void Write(const Field* field, std::string_view name, std::string_view text);
  void Refuse(std::string_view field, std::string_view why);

  const Layout* layout_;
  std::string bytes_;
  absl::Status status_;
};

// What B2 can write of a person's or a shop's name: capitals without accents, no punctuation.
std::string ToB2Text(std::string_view utf8);

}  // namespace ecluse::b2
