// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "proto/b2/check.h"

namespace ecluse::content {

// What the rules of B2 are called among ours. Their English texts are b2::TextOf().
struct B2Rule {
  b2::Rule rule;
  std::string_view name;
  std::string_view french;
};
std::span<const B2Rule> B2Rules();

std::string_view NameOf(b2::Rule rule);

}  // namespace ecluse::content
