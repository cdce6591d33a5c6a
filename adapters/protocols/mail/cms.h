// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

namespace ecluse::mail {

enum class Cipher : uint8_t {
  kAes128,     // AES-128-CBC
  kTripleDes,  // for recipients that know nothing newer
};

// S/MIME enveloped-data in DER, readable by the owner of `certificate` (PEM) alone. Two calls with
// the same input give different bytes: the content key is drawn at random.
absl::StatusOr<std::string> Encrypt(std::string_view plain, const std::string& certificate,
                                    Cipher cipher);

// `certificate` and `key`: PEM, ours. Refusals do not tell what was wrong with the padding.
absl::StatusOr<std::string> Decrypt(std::string_view der, const std::string& certificate,
                                    const std::string& key);

}  // namespace ecluse::mail
