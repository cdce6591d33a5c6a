// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ecluse::b2 {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsPlain(char c) { return IsDigit(c) || (c >= 'A' && c <= 'Z') || c == ' '; }

bool IsNumeric(Form form) {
  return form == Form::kNumber || form == Form::kMoney || form == Form::kDate ||
         form == Form::kActor;
}

bool CharactersFit(Form form, std::string_view text) {
  if (form == Form::kFree)
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
  if (form == Form::kText || form == Form::kActor) return std::ranges::all_of(text, IsPlain);
  return std::ranges::all_of(text, IsDigit);
}

}  // namespace

Record::Record(std::string_view type) : layout_(FindLayout(type)), bytes_(kRecordBytes, ' ') {
  if (layout_ == nullptr) {
    status_ = absl::InvalidArgumentError("unknown record type");
    return;
  }
  for (const Field& field : layout_->fields) {
    if (IsNumeric(field.form)) bytes_.replace(field.position - 1, field.length, field.length, '0');
  }
  const bool complement = type.size() == 2;
  Set("record", complement ? type.substr(0, 1) : type);
  if (complement) Set("mark", type.substr(1, 1));
}

Record& Record::Set(std::string_view field, std::string_view text) {
  Write(layout_ == nullptr ? nullptr : layout_->Find(field), field, text);
  return *this;
}

Record& Record::Set(std::string_view field, uint64_t number) {
  return Set(field, std::string_view(std::to_string(number)));
}

Record& Record::Set(std::string_view field, absl::CivilDay day) {
  const std::string text = fmt::format("{:02}{:02}{:02}", day.year() % 100, day.month(), day.day());
  return Set(field, std::string_view(text));
}

Record& Record::Set(size_t position, std::string_view text) {
  const Field* field = layout_ == nullptr ? nullptr : layout_->At(position);
  Write(field, field == nullptr ? fmt::format("position {}", position) : std::string(field->name),
        text);
  return *this;
}

Record& Record::Set(size_t position, uint64_t number) {
  return Set(position, std::string_view(std::to_string(number)));
}

void Record::Write(const Field* field, std::string_view name, std::string_view text) {
  if (field == nullptr) return Refuse(name, "no such field");
  if (text.size() > field->length) return Refuse(name, "does not fit");
  if (!CharactersFit(field->form, text))
    return Refuse(name, "has characters that may not be there");
  const std::string padding(field->length - text.size(), IsNumeric(field->form) ? '0' : ' ');
  const std::string padded =
      IsNumeric(field->form) ? padding + std::string(text) : std::string(text) + padding;
  bytes_.replace(field->position - 1, field->length, padded);
}

void Record::Refuse(std::string_view field, std::string_view why) {
  if (!status_.ok()) return;
  status_ = absl::InvalidArgumentError(
      fmt::format("{} in record {}: {}", field, layout_ == nullptr ? "?" : layout_->type, why));
}

absl::StatusOr<std::string> Record::Bytes() const {
  if (!status_.ok()) return status_;
  return bytes_;
}

std::string ToB2Text(std::string_view utf8) {
  static constexpr auto kPlain = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"é", "E"}, {"è", "E"}, {"ê", "E"},  {"ë", "E"},  {"à", "A"}, {"â", "A"}, {"ä", "A"},
      {"î", "I"}, {"ï", "I"}, {"ô", "O"},  {"ö", "O"},  {"ù", "U"}, {"û", "U"}, {"ü", "U"},
      {"ç", "C"}, {"ÿ", "Y"}, {"œ", "OE"}, {"æ", "AE"}, {"É", "E"}, {"È", "E"}, {"Ê", "E"},
      {"Ë", "E"}, {"À", "A"}, {"Â", "A"},  {"Î", "I"},  {"Ï", "I"}, {"Ô", "O"}, {"Ù", "U"},
      {"Û", "U"}, {"Ç", "C"}, {"Œ", "OE"}, {"Æ", "AE"},
  });
  std::string plain;
  while (!utf8.empty()) {
    auto it =
        std::ranges::find_if(kPlain, [&](const auto& p) { return utf8.starts_with(p.first); });
    if (it != kPlain.end()) {
      plain += it->second;
      utf8.remove_prefix(it->first.size());
      continue;
    }
    const char c = utf8.front();
    const bool small = c >= 'a' && c <= 'z';
    const char capital = small ? static_cast<char>(c - 'a' + 'A') : c;
    plain += IsPlain(capital) ? capital : ' ';
    utf8.remove_prefix(1);
  }
  return plain;
}

}  // namespace ecluse::b2
