// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/entities.h"

#include <absl/status/status.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace ecluse::mail {
namespace {

constexpr size_t kFrameBytes = 128;
constexpr size_t kCodeBytes = 3;
constexpr size_t kMostEntities = 200'000;

std::string_view Trimmed(std::string_view text) {
  const size_t last = text.find_last_not_of(' ');
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

const EntityLayout* Find(std::span<const EntityLayout> layouts, std::string_view code) {
  const auto it = std::ranges::find(layouts, code, &EntityLayout::code);
  return it == layouts.end() ? nullptr : &*it;
}

}  // namespace

std::string_view Entity::Field(std::string_view name) const {
  for (const EntityField& field : layout->fields) {
    if (field.name == name) return Trimmed(bytes.substr(field.position - 1, field.length));
  }
  return {};
}

std::optional<int64_t> Entity::Number(std::string_view name) const {
  std::string_view text = Field(name);
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  if (text.empty()) return 0;
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !std::in_range<int64_t>(number)) return std::nullopt;
  return static_cast<int64_t>(number);
}

std::string_view FrameField(std::string_view record, size_t position, size_t length) {
  return Trimmed(record.substr(position - 1, length));
}

absl::StatusOr<EntityFile> ReadEntities(std::string_view bytes,
                                        std::span<const EntityLayout> layouts) {
  if (bytes.size() < 2 * kFrameBytes || !bytes.starts_with("000")) {
    return absl::InvalidArgumentError("no record 000");
  }
  EntityFile file;
  file.header = bytes.substr(0, kFrameBytes);
  for (size_t at = kFrameBytes;;) {
    const std::string_view left = bytes.substr(at);
    const std::string_view code = left.substr(0, kCodeBytes);
    if (code == "999") {
      if (left.size() < kFrameBytes) return absl::InvalidArgumentError("a torn record 999");
      file.end = left.substr(0, kFrameBytes);
      return file;
    }
    const EntityLayout* layout = Find(layouts, code);
    const size_t mark = layout != nullptr ? layout->length - 1 : left.find('@');
    if (mark >= left.size() || left[mark] != '@' || file.entities.size() >= kMostEntities) {
      return absl::InvalidArgumentError(
          fmt::format("entity {} does not end where it should", file.entities.size() + 1));
    }
    if (layout == nullptr) {
      ++file.unknown;
    } else {
      file.entities.push_back({layout, left.substr(0, mark + 1)});
    }
    at += mark + 1;
  }
}

}  // namespace ecluse::mail
