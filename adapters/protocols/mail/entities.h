// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A NOEMIE file is framed like B2 (000 and 999, 128 characters each). Between them stand entities
// of fixed widths: code, break level, fields, and "@" at the end.
namespace ecluse::mail {

struct EntityField {
  std::string_view name;
  size_t position = 0;  // of its first character; the first of an entity is 1
  size_t length = 0;
};

struct EntityLayout {
  std::string_view code;
  size_t length = 0;  // with the "@"
  std::span<const EntityField> fields;
};

// The published entities. Those of our own ARL dialect are in arl.cc.
extern const std::span<const EntityLayout> kNoemieEntities;

struct Entity {
  const EntityLayout* layout = nullptr;
  std::string_view bytes;

  // Spaces at the end are left out. Empty when the layout has no such field.
  std::string_view Field(std::string_view name) const;
  // Spaces in front are passed over, and spaces alone are zero: a number that is absent. nullopt:
  // what stands there is no number.
  std::optional<int64_t> Number(std::string_view name) const;
};

struct EntityFile {
  std::string_view header;  // 000
  std::string_view end;     // 999
  std::vector<Entity> entities;
  size_t unknown = 0;  // entities of a code that no layout has: skipped to the next "@"
};

// Views into `bytes`. Refused: no frame, an entity that does not end where its width says, a file
// that stops in the middle. Whatever comes after record 999 is not read.
absl::StatusOr<EntityFile> ReadEntities(std::string_view bytes,
                                        std::span<const EntityLayout> layouts);

// A field of a record of the frame.
std::string_view FrameField(std::string_view record, size_t position, size_t length);

}  // namespace ecluse::mail
