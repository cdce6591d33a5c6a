// SPDX-License-Identifier: Apache-2.0
#include "proto/content/reading.h"

#include "proto/content/codec_parts.h"
#include "proto/shape.h"

namespace ecluse::content {

std::string ToString(const At& at) {
  std::string text;
  if (at.up != nullptr) text = ToString(*at.up);
  if (at.name == nullptr) return text;
  if (!text.empty()) text += '.';
  text += at.name;
  if (at.index >= 0) text += '[' + std::to_string(at.index) + ']';
  return text;
}

std::string Reading::Text(const std::string& value, size_t most, const At& at) {
  if (value.size() > most) {
    Fail(at, "content.length");
    return {};
  }
  if (!IsText(value, most)) {
    Fail(at, "content.text");
    return {};
  }
  return value;
}

uint32_t DayNumber(const Day& day) {
  constexpr uint32_t kNoDay = 99'999'999;  // is refused when it is read
  if (day.year() < 1 || day.year() > 9999) return kNoDay;
  return static_cast<uint32_t>(day.year()) * 10'000 +
         static_cast<uint32_t>(day.month() * 100 + day.day());
}

std::optional<Day> Reading::GetDay(uint32_t number, const At& at) {
  if (number == 0) return std::nullopt;
  const uint32_t year = number / 10'000, month = number / 100 % 100, day = number % 100;
  // A day that no calendar has becomes another one here.
  const Day civil(year, static_cast<int>(month), static_cast<int>(day));
  if (year == 0 || year > 9999 || month > 12 || DayNumber(civil) != number) {
    Fail(at, "date.real");
    return std::nullopt;
  }
  return civil;
}

int Reading::Count(int size, size_t most, const At& at) {
  if (static_cast<size_t>(size) <= most) return size;
  Fail(at, "content.count");
  return static_cast<int>(most);
}

}  // namespace ecluse::content
