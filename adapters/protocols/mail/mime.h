// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ecluse::mail {

// Bounds on what strangers can make us do.
struct MimeLimits {
  size_t mail_bytes = 24 << 20;  // of one mail
  size_t part_bytes = 16 << 20;  // of one part, decoded
  size_t parts = 32;
  size_t depth = 8;
};

// A part that holds no others.
struct MimePart {
  std::string type;         // "application/edi-consent", lower case
  std::string description;  // Content-Description, as it was written
  std::string bytes;        // decoded
};

struct Mime {
  std::string from;        // the address alone, lower case; empty: none that can be read
  std::string message_id;  // without angle brackets
  std::vector<MimePart> parts;
};

// Reads a mail, or a MIME part that was taken out of one. Never fails on what is merely strange:
// what can't be read as MIME is one text part. Refused: more than the limits allow.
absl::StatusOr<Mime> ReadMime(std::string_view bytes, const MimeLimits& limits);

}  // namespace ecluse::mail
