// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <string>
#include <string_view>

// The vault's key, and what it seals: XChaCha20-Poly1305 of libsodium.
namespace ecluse {

// 32 bytes, as 64 hex digits in a file of mode 600 or in a systemd credential.
absl::StatusOr<std::string> ReadVaultKey(const std::string& path);
// The text of such a file. The status names `path` and the rule, nothing of the text.
absl::StatusOr<std::string> ParseVaultKey(std::string_view text, const std::string& path);
// Draws a new key and writes it; never over a file that is there.
absl::Status MakeVaultKey(const std::string& path);

// `purpose` must be the same for both; it is not in the result.
std::string Seal(const std::string& key, std::string_view purpose, std::string_view text);
// An error where the key is another, or a single bit of it changed.
absl::StatusOr<std::string> Unseal(const std::string& key, std::string_view purpose,
                                   std::string_view sealed);

// Leaves nothing of `text` in memory.
void Wipe(std::string& text);

}  // namespace ecluse
