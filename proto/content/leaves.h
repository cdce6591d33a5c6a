// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "proto/content/content.h"

namespace ecluse::content {

// One value of a content, as requirements name it.
struct Leaf {
  std::string pattern;  // "prescription.date", "lines[].code"
  int line = -1;        // of which line; -1: of none
  bool present = false;
  std::string value;  // of texts and lists of names; empty for numbers and days
  std::string path;   // "lines[2].code"
};

// Every value that a content can have, there or not, and the groups "beneficiary" and
// "lines[].correction". An amount of zero is not there. Where the beneficiary is the opener, the
// beneficiary's values are the opener's. A quotation has the paths of its request. References into
// `content` are not kept.
std::vector<Leaf> LeavesOf(const Content& content);

}  // namespace ecluse::content
