// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/exchange/xml.h"

#include <absl/strings/escaping.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "adapters/protocols/exchange/guard.h"

namespace ecluse::exchange {
namespace {

using content::Day;
using content::Money;
using std::string_view;

// No amount of the field is near it, and sums of them stay exact.
constexpr int64_t kMostCents = 999'999'999'999;

template <class N>
std::optional<N> Digits(string_view text) {
  N value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

std::optional<Day> ReadDay(string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = Digits<uint32_t>(text.substr(0, 4));
  const auto month = Digits<uint32_t>(text.substr(5, 2));
  const auto date = Digits<uint32_t>(text.substr(8, 2));
  if (!year || !month || !date || *year == 0) return std::nullopt;
  const Day day(*year, static_cast<int>(*month), static_cast<int>(*date));
  const bool real = day.month() == static_cast<int>(*month) && day.day() == static_cast<int>(*date);
  return real ? std::optional(day) : std::nullopt;
}

std::optional<Money> ReadMoney(string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const size_t point = text.find('.');
  if (point == string_view::npos || text.size() - point != 3) return std::nullopt;
  const auto euros = Digits<uint64_t>(text.substr(0, point));
  const auto cents = Digits<uint32_t>(text.substr(point + 1));
  if (!euros || !cents || *euros > kMostCents / 100) return std::nullopt;
  const auto sum = static_cast<int64_t>(*euros * 100 + *cents);
  return Money{negative ? -sum : sum};
}

bool IsBlank(string_view text) { return text.find_first_not_of(" \t\r\n") == string_view::npos; }

// As every XML reader would see them.
std::string LineEnds(const std::string& text) {
  std::string made;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!pair) made += text[i] == '\r' ? '\n' : text[i];
  }
  return made;
}

}  // namespace

void Writer::Text(const char* name, const std::string& value) {
  if (value.empty()) return;
  if (!IsXmlText(value)) return Wrong(name, "not UTF-8, or a character that XML does not know");
  at_.append_child(name).text().set(LineEnds(value).c_str());
}

void Writer::Must(const char* name, const std::string& value) {
  if (value.empty()) return Wrong(name, "missing");
  Text(name, value);
}

void Writer::Bytes(const char* name, const std::string& value) {
  Text(name, absl::Base64Escape(value));
}

void Writer::Flag(const char* name, bool value) { Text(name, value ? "oui" : "non"); }

void Writer::Whole(const char* name, int64_t value) { Text(name, std::to_string(value)); }

void Writer::Date(const char* name, const std::optional<Day>& value) {
  if (!value) return;
  if (value->year() < 1 || value->year() > 9999) return Wrong(name, "not a day");
  Text(name, fmt::format("{:04}-{:02}-{:02}", value->year(), value->month(), value->day()));
}

void Writer::Sum(const char* name, const std::optional<Money>& value) {
  if (!value) return;
  if (value->cents > kMostCents || value->cents < -kMostCents) return Wrong(name, "out of range");
  const int64_t cents = std::abs(value->cents);
  Text(name, fmt::format("{}{}.{:02}", value->cents < 0 ? "-" : "", cents / 100, cents % 100));
}

void Writer::Wrong(const char* name, const char* rule) {
  if (trouble_.ok()) {
    trouble_ = absl::InvalidArgumentError(fmt::format("{}/{}: {}", path_, name, rule));
  }
}

Reader::Reader(pugi::xml_node at, const char* space, std::string path, absl::Status& trouble)
    : next_(at.first_child()), space_(space), path_(std::move(path)), trouble_(trouble) {
  Settle();
}

void Reader::Settle() {
  while (next_ && next_.type() != pugi::node_element) {
    const bool text = next_.type() == pugi::node_pcdata || next_.type() == pugi::node_cdata;
    if (text && !IsBlank(next_.value()) && trouble_.ok()) {
      trouble_ = absl::InvalidArgumentError(path_ + ": text between the elements");
    }
    next_ = next_.next_sibling();
  }
}

bool Reader::Next(const char* name) const {
  return next_ && LocalName(next_) == name && NamespaceOf(next_) == space_;
}

pugi::xml_node Reader::TakeNode() {
  const pugi::xml_node taken = next_;
  next_ = next_.next_sibling();
  Settle();
  return taken;
}

std::string Reader::Take(const char* name) {
  std::string text;
  for (const pugi::xml_node part : TakeNode().children()) {
    if (part.type() == pugi::node_element) Wrong(name, "holds elements");
    text += part.type() == pugi::node_comment ? "" : part.value();
  }
  return LineEnds(text);
}

void Reader::Text(const char* name, std::string& value) {
  if (Next(name)) value = Take(name);
}

void Reader::Must(const char* name, std::string& value) {
  Text(name, value);
  if (value.empty()) Wrong(name, "missing");
}

void Reader::Bytes(const char* name, std::string& value) {
  if (Next(name) && !absl::Base64Unescape(Take(name), &value)) Wrong(name, "not base64");
}

void Reader::Flag(const char* name, bool& value) {
  if (!Next(name)) return Wrong(name, "missing");
  const std::string read = Take(name);
  value = read == "oui";
  if (!value && read != "non") Wrong(name, "neither yes nor no");
}

bool Reader::TakeWhole(const char* name, int64_t& value) {
  const auto read = Next(name) ? Digits<int64_t>(Take(name)) : std::nullopt;
  if (!read) Wrong(name, "missing, or not a whole number");
  value = read.value_or(0);
  return read.has_value();
}

void Reader::Date(const char* name, Day& value) {
  std::optional<Day> read;
  Date(name, read);
  if (!read) return Wrong(name, "missing");
  value = *read;
}

void Reader::Date(const char* name, std::optional<Day>& value) {
  if (!Next(name)) return;
  value = ReadDay(Take(name));
  if (!value) Wrong(name, "not a day");
}

void Reader::Sum(const char* name, Money& value) {
  std::optional<Money> read;
  Sum(name, read);
  if (!read) return Wrong(name, "missing");
  value = *read;
}

void Reader::Sum(const char* name, std::optional<Money>& value) {
  if (!Next(name)) return;
  value = ReadMoney(Take(name));
  if (!value) Wrong(name, "not an amount");
}

void Reader::End() {
  if (next_ && trouble_.ok()) {
    // Its name is the other side's text, so it is not told.
    trouble_ = absl::InvalidArgumentError(path_ + ": an element that does not belong there");
  }
}

void Reader::Wrong(const char* name, const char* rule) {
  if (trouble_.ok()) {
    trouble_ = absl::InvalidArgumentError(fmt::format("{}/{}: {}", path_, name, rule));
  }
}

string_view LocalName(pugi::xml_node node) {
  const string_view name = node.name();
  const size_t colon = name.find(':');
  return colon == string_view::npos ? name : name.substr(colon + 1);
}

string_view NamespaceOf(pugi::xml_node node) {
  const string_view name = node.name();
  const size_t colon = name.find(':');
  const std::string declared =
      colon == string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  for (; node; node = node.parent()) {
    if (const pugi::xml_attribute found = node.attribute(declared.c_str())) return found.value();
  }
  return "";
}

}  // namespace ecluse::exchange
