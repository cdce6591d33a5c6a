// SPDX-License-Identifier: Apache-2.0
#include "proto/names.h"

#include <algorithm>

#include "proto/limits.h"

namespace ecluse {

bool IsName(const std::string& text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !text.empty() && text.size() <= limits::kNameBytes &&
         std::all_of(text.begin(), text.end(), allowed);
}

std::string ToString(const Destination& destination) {
  return destination.run_by.text + "/" + destination.service.text;
}

}  // namespace ecluse
