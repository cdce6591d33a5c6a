// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/exchange/guard.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>

namespace ecluse::exchange {
namespace {

using std::string_view;

bool IsXmlCharacter(uint32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

// How many bytes the character at the beginning has; 0: none that UTF-8 and XML know.
size_t CharacterAt(string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const uint32_t first = byte(0);
  if (first < 0x80) return IsXmlCharacter(first) ? 1 : 0;
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
  if (length == 0 || first > 0xF4 || text.size() < length) return 0;
  uint32_t c = first & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
    c = c << 6U | (byte(i) & 0x3FU);
  }
  static constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  return c >= kLeast[length] && IsXmlCharacter(c) ? length : 0;
}

// Runs over the text once and knows just enough of XML to count and to refuse.
class Scan {
 public:
  explicit Scan(string_view xml) : xml_(xml) {}

  absl::Status Run() {
    while (trouble_.ok() && at_ < xml_.size()) {
      if (xml_[at_] == '<') {
        Markup();
      } else if (xml_[at_] == '&') {
        Reference();
      } else {
        ++at_;
      }
    }
    return trouble_;
  }

 private:
  void Refuse(const char* rule) { trouble_ = absl::InvalidArgumentError(rule); }
  bool Here(string_view text) const { return xml_.substr(at_).starts_with(text); }
  void SkipPast(string_view end) {
    const size_t found = xml_.find(end, at_);
    if (found == string_view::npos) return Refuse("the XML ends in the middle");
    at_ = found + end.size();
  }

  void Markup() {
    if (Here("<!--")) {
      at_ += 4;
      return SkipPast("-->");
    }
    if (Here("<![CDATA[")) return SkipPast("]]>");
    if (Here("<!")) return Refuse("document type declarations are refused");
    if (Here("<?")) return Instruction();
    Tag();
  }

  void Instruction() {
    const size_t begin = at_;
    if (begin != 0 || !Here("<?xml")) return Refuse("processing instructions are refused");
    SkipPast("?>");
    std::string said(xml_.substr(begin, at_ - begin));
    std::transform(said.begin(), said.end(), said.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (said.find("encoding") != std::string::npos && said.find("utf-8") == std::string::npos) {
      Refuse("the encoding is not UTF-8");
    }
  }

  void Tag() {
    const bool end = Here("</");
    char quote = 0;
    for (++at_; trouble_.ok() && at_ < xml_.size(); ++at_) {
      const char c = xml_[at_];
      if (c == '&') {
        Reference();
        --at_;
      } else if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '<') {
        return Refuse("the XML is not well-formed");
      } else if (c == '>') {
        const bool empty = xml_[at_ - 1] == '/' && !end;
        ++at_;
        return Count(end, empty);
      }
    }
    if (trouble_.ok()) Refuse("the XML ends in the middle");
  }

  void Count(bool end, bool empty) {
    if (end) {
      if (depth_ == 0) return Refuse("the XML is not well-formed");
      --depth_;
      return;
    }
    if (++elements_ > kMessageElements) return Refuse("more elements than a message may have");
    if (depth_ + 1 > kMessageDepth) return Refuse("deeper than a message may be");
    if (!empty) ++depth_;
  }

  void Reference() {
    static constexpr string_view kKnown[] = {"&lt;", "&gt;", "&amp;", "&apos;", "&quot;"};
    for (const string_view known : kKnown) {
      if (Here(known)) {
        at_ += known.size();
        return;
      }
    }
    const bool hex = Here("&#x");
    if (!hex && !Here("&#")) return Refuse("entities are refused");
    const char* const begin = xml_.data() + at_ + (hex ? 3 : 2);
    const char* const end = xml_.data() + xml_.size();
    uint32_t character = 0;
    const auto parsed = std::from_chars(begin, end, character, hex ? 16 : 10);
    if (parsed.ec != std::errc() || parsed.ptr == end || *parsed.ptr != ';' ||
        !IsXmlCharacter(character)) {
      return Refuse("a character that XML does not know");
    }
    at_ = static_cast<size_t>(parsed.ptr + 1 - xml_.data());
  }

  const string_view xml_;
  size_t at_ = 0;
  size_t depth_ = 0;
  size_t elements_ = 0;
  absl::Status trouble_;
};

}  // namespace

bool IsXmlText(string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t bytes = CharacterAt(text.substr(at));
    if (bytes == 0) return false;
    at += bytes;
  }
  return true;
}

absl::Status Guard(string_view xml) {
  if (xml.size() > kMessageBytes) {
    return absl::InvalidArgumentError("longer than a message may be");
  }
  if (!IsXmlText(xml)) {
    return absl::InvalidArgumentError("not UTF-8, or a character that XML does not know");
  }
  return Scan(xml).Run();
}

}  // namespace ecluse::exchange
