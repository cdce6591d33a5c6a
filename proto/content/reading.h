// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/content/content.h"
#include "proto/content/rules.h"

// Reading typed bytes and telling everything that is wrong with them. For the codec and for
// Check(); others call Decode().
namespace ecluse::content {

// Where in the content we are. Lives on the stack; becomes text only when something is wrong.
struct At {
  const At* up = nullptr;
  const char* name = nullptr;
  int index = -1;

  At operator/(const char* field) const { return {this, field, -1}; }
  // The element of a list: `(at / "lines")[3]`.
  At operator[](int i) const { return {up, name, i}; }
};
std::string ToString(const At& at);

// A value that could not be read.
struct Mistake {
  std::string path;
  RuleName rule;
};

// Reading goes on after a mistake, so that no reader needs an error path. The readers leave out
// what they could not read.
class Reading {
 public:
  void Fail(const At& at, RuleName rule) { mistakes_.push_back({ToString(at), rule}); }

  // Text of at most `most` bytes, without control characters.
  std::string Text(const std::string& value, size_t most, const At& at);
  // A number YYYYMMDD; 0: no day.
  std::optional<Day> GetDay(uint32_t number, const At& at);
  // The first `most` elements of a list may be read.
  int Count(int size, size_t most, const At& at);

  template <class E>
  E Enum(int value, E first, E last, const At& at) {
    if (value >= static_cast<int>(first) && value <= static_cast<int>(last)) {
      return static_cast<E>(value);
    }
    Fail(at, "content.value");
    return first;
  }

  std::vector<Mistake>& mistakes() { return mistakes_; }

 private:
  std::vector<Mistake> mistakes_;
};

struct Found {
  std::optional<Content> content;  // nullopt: nothing can be made of the bytes
  std::vector<Mistake> mistakes;
};
Found ReadContent(std::string_view bytes);

}  // namespace ecluse::content
