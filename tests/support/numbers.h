// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace ecluse {

// Digits and nothing else, and not too many of them: what is misspelt must not become a run of
// nothing that looks like a good one.
inline std::optional<uint64_t> WholeNumber(std::string_view text) {
  uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

// What the environment says under `name`, `usual` if nothing. What is no number from 1 to `most`
// ends the program with 2.
inline uint64_t NumberSaid(const char* name, uint64_t usual, uint64_t most) {
  const char* const said = std::getenv(name);
  if (said == nullptr) return usual;
  const std::optional<uint64_t> number = WholeNumber(said);
  if (number && *number >= 1 && *number <= most) return *number;
  std::fprintf(stderr, "%s is a whole number from 1 to %llu, not \"%s\"\n", name,
               static_cast<unsigned long long>(most), said);
  std::exit(2);
}

}  // namespace ecluse
