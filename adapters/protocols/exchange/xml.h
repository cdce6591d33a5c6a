// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/content/content.h"

// A message is described once, as a walk over its fields in their order; a Writer walks it to XML
// and a Reader back. Neither knows a name of the dialect. An empty text, a nullopt and an empty
// list have no element. Of several mistakes the first is kept; it tells the path of the element
// and the rule, never the value.
namespace ecluse::exchange {

// A word of the dialect for each value of an enumeration.
template <class E>
using Wording = std::pair<E, const char*>;

class Writer {
 public:
  Writer(pugi::xml_node at, std::string path, absl::Status& trouble)
      : at_(at), path_(std::move(path)), trouble_(trouble) {}

  void Text(const char* name, const std::string& value);
  void Must(const char* name, const std::string& value);  // may not be empty
  void Bytes(const char* name, const std::string& value);
  void Flag(const char* name, bool value);
  void Whole(const char* name, int64_t value);
  void Date(const char* name, const std::optional<content::Day>& value);
  void Sum(const char* name, const std::optional<content::Money>& value);

  template <class E, size_t N>
  void Word(const char* name, E value, const Wording<E> (&words)[N]) {
    for (const auto& [known, word] : words) {
      if (known == value) return Text(name, word);
    }
    Wrong(name, "no word for this value");
  }
  template <class E, size_t N>
  void Words(const char* name, const std::vector<E>& values, const Wording<E> (&words)[N]) {
    for (const E value : values) Word(name, value, words);
  }
  template <class T, class Walk>
  void One(const char* name, const T& value, Walk walk) {
    Writer inside(at_.append_child(name), path_ + "/" + name, trouble_);
    walk(inside, value);
  }
  template <class T, class Walk>
  void Maybe(const char* name, const std::optional<T>& value, Walk walk) {
    if (value) One(name, *value, walk);
  }
  template <class T, class Walk>
  void Each(const char* name, const std::vector<T>& values, Walk walk) {
    for (const T& value : values) One(name, value, walk);
  }

 private:
  void Wrong(const char* name, const char* rule);

  pugi::xml_node at_;
  const std::string path_;
  absl::Status& trouble_;
};

// Elements must come in the order of the walk, each once where the walk says once, with nothing
// between or after them: what was not understood whole was not understood.
class Reader {
 public:
  // `space`: the namespace of every element inside `at`.
  Reader(pugi::xml_node at, const char* space, std::string path, absl::Status& trouble);

  void Text(const char* name, std::string& value);
  void Must(const char* name, std::string& value);
  void Bytes(const char* name, std::string& value);
  void Flag(const char* name, bool& value);
  void Date(const char* name, content::Day& value);
  void Date(const char* name, std::optional<content::Day>& value);
  void Sum(const char* name, content::Money& value);
  void Sum(const char* name, std::optional<content::Money>& value);

  template <class N>
  void Whole(const char* name, N& value) {
    int64_t read = 0;
    if (!TakeWhole(name, read)) return;
    if (!std::in_range<N>(read)) return Wrong(name, "out of range");
    value = static_cast<N>(read);
  }
  template <class E, size_t N>
  void Word(const char* name, E& value, const Wording<E> (&words)[N]) {
    if (!Next(name)) return Wrong(name, "missing");
    TakeWord(name, value, words);
  }
  template <class E, size_t N>
  void Words(const char* name, std::vector<E>& values, const Wording<E> (&words)[N]) {
    while (trouble_.ok() && Next(name)) TakeWord(name, values.emplace_back(), words);
  }
  template <class T, class Walk>
  void One(const char* name, T& value, Walk walk) {
    if (!Next(name)) return Wrong(name, "missing");
    Reader inside(TakeNode(), space_, path_ + "/" + name, trouble_);
    walk(inside, value);
    inside.End();
  }
  template <class T, class Walk>
  void Maybe(const char* name, std::optional<T>& value, Walk walk) {
    if (Next(name)) One(name, value.emplace(), walk);
  }
  template <class T, class Walk>
  void Each(const char* name, std::vector<T>& values, Walk walk) {
    while (trouble_.ok() && Next(name)) One(name, values.emplace_back(), walk);
  }

  // Whether the next element has this name.
  bool Next(const char* name) const;
  // Goes past the next element unread.
  pugi::xml_node TakeNode();
  // Nothing may be left.
  void End();
  void Wrong(const char* name, const char* rule);

 private:
  void Settle();  // on the next element; text between elements is a mistake
  std::string Take(const char* name);
  bool TakeWhole(const char* name, int64_t& value);
  template <class E, size_t N>
  void TakeWord(const char* name, E& value, const Wording<E> (&words)[N]) {
    const std::string read = Take(name);
    for (const auto& [known, word] : words) {
      if (read == word) {
        value = known;
        return;
      }
    }
    Wrong(name, "not a word of the dialect");
  }

  pugi::xml_node next_;
  const char* const space_;
  const std::string path_;
  absl::Status& trouble_;
};

// An element's name without its prefix, and the namespace that it is in.
std::string_view LocalName(pugi::xml_node node);
std::string_view NamespaceOf(pugi::xml_node node);

}  // namespace ecluse::exchange
