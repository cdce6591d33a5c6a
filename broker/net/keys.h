// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <string>

// CURVE keys, as the broker, the adapters and eclusectl keep them in files.
namespace ecluse {

// A key is 40 characters of Z85, as ZeroMQ writes them.
struct KeyPair {
  std::string public_key;
  std::string secret_key;
};

// Whether `text` is 32 bytes in Z85: it says nothing about whose key it is.
bool IsKey(const std::string& text);

absl::StatusOr<KeyPair> MakeKeyPair();

// The key file, as people may write it too: two lines, `public = "…"` and `secret = "…"`; empty
// lines and lines that begin with `#` are skipped.
//
// Refuses a file that others than its owner may read or write, and a pair whose halves do not
// belong together. The status names the file and the rule, never the secret.
absl::StatusOr<KeyPair> ReadKeyPair(const std::string& path);

// The public half, from a key file or from a file with the `public` line alone. Anybody may read
// such a file.
absl::StatusOr<std::string> ReadPublicKey(const std::string& path);

// The same of texts that were read from `path`.
absl::StatusOr<KeyPair> ParseKeyPair(const std::string& text, const std::string& path);
absl::StatusOr<std::string> ParsePublicKey(const std::string& text, const std::string& path);

// Writes `path` (mode 0600) and, for giving away, `path`.pub (mode 0644). Never writes over a file
// that exists. On return both are synced to disk.
absl::Status WriteKeyPair(const std::string& path, const KeyPair& pair);

}  // namespace ecluse
