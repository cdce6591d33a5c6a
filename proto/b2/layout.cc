// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/layout.h"

#include <algorithm>

#include "proto/b2/layouts.h"

namespace ecluse::b2 {
namespace {

std::vector<Layout> Build() {
  std::vector<Layout> layouts;
  for (const Recipe& recipe : Recipes()) {
    Layout& layout = layouts.emplace_back();
    layout.type = recipe.type;
    size_t position = 1;
    for (const auto& pieces : {recipe.start, recipe.tail}) {
      for (const Piece& piece : pieces) {
        layout.fields.push_back({position, piece.length, piece.form, piece.required, piece.name});
        position += piece.length;
      }
    }
  }
  return layouts;
}

bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

const Field* Layout::Find(std::string_view name) const {
  auto it = std::ranges::find(fields, name, &Field::name);
  return it == fields.end() ? nullptr : &*it;
}

const Field* Layout::At(size_t position) const {
  auto it = std::ranges::find(fields, position, &Field::position);
  return it == fields.end() ? nullptr : &*it;
}

const std::vector<Layout>& Layouts() {
  static const std::vector<Layout> layouts = Build();
  return layouts;
}

const Layout* FindLayout(std::string_view type) {
  auto it = std::ranges::find(Layouts(), type, &Layout::type);
  return it == Layouts().end() ? nullptr : &*it;
}

std::string TypeOf(std::string_view record) {
  if (record.starts_with("000") || record.starts_with("999"))
    return std::string(record.substr(0, 3));
  std::string type(record.substr(0, 1));
  if (type[0] < '2' || type[0] > '5') return type;
  // Where a base record or the other kind of complement has digits, a complement has its letter.
  for (size_t position : {size_t{36}, size_t{39}}) {
    if (IsCapital(record[position - 1])) return type + record[position - 1];
  }
  return type;
}

std::string_view ValueOf(std::string_view record, const Field& field) {
  return record.substr(field.position - 1, field.length);
}

}  // namespace ecluse::b2
