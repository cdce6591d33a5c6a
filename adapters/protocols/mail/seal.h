// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

namespace ecluse::mail {

// What the register keeps of what operators wrote is sealed: AES-256-GCM under the register's key.
class Seal {
 public:
  // `key_file` holds 32 bytes.
  static absl::StatusOr<Seal> Open(const std::string& key_file);

  // `place` says what is sealed, and of whom: what was sealed for one place opens for no other.
  std::string Close(std::string_view plain, std::string_view place) const;
  absl::StatusOr<std::string> Open(std::string_view sealed, std::string_view place) const;

 private:
  explicit Seal(std::string key) : key_(std::move(key)) {}
  std::string key_;
};

// SHA-256.
std::string Digest(std::string_view bytes);

}  // namespace ecluse::mail
