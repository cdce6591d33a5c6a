// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace ecluse::mail {

// A gzip file with one member. The same bytes give the same file: no time, no system.
std::string Gzip(std::string_view bytes, const std::string& member);

bool LooksGzipped(std::string_view bytes);

// Inflates at most `most` bytes; more is refused before it is kept, however small the file was.
absl::StatusOr<std::string> Gunzip(std::string_view file, size_t most);

}  // namespace ecluse::mail
