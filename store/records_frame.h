// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <string>
#include <string_view>

#include "store/records.h"

// How a protobuf body becomes a value and back. For the records' own .cc files only.
namespace ecluse::store::record {

template <class Message>
void Write(const Message& message, std::string& out) {
  BeginFrame(out);
  message.AppendToString(&out);
  EndFrame(out);
}

template <class Message>
absl::Status Read(std::string_view value, Message& message) {
  std::string_view body;
  if (absl::Status status = Unframe(value, body); !status.ok()) return status;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return absl::DataLossError("the record's body is not what its version says");
  }
  return absl::OkStatus();
}

// Enum values are checked on reading: a value that this program does not know came from damage
// or from a newer program.
inline absl::Status Unknown(const char* what) {
  return absl::DataLossError(std::string("the record holds an unknown ") + what);
}

template <class Enum>
bool Assign(uint32_t value, Enum least, Enum most, Enum& field) {
  if (value < static_cast<uint32_t>(least) || value > static_cast<uint32_t>(most)) return false;
  field = static_cast<Enum>(value);
  return true;
}

}  // namespace ecluse::store::record
