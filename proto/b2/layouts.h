// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "proto/b2/layout.h"

namespace ecluse::b2 {

// A piece of a record, before its place in it is known.
struct Piece {
  size_t length;
  Form form;
  bool required;
  std::string_view name;
};

// A record is a start that it shares with others, then a tail of its own.
struct Recipe {
  std::string_view type;
  std::span<const Piece> start;
  std::span<const Piece> tail;
};

std::span<const Recipe> Recipes();

}  // namespace ecluse::b2
