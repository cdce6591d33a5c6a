// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "adapters/vault/vault.h"

// What is inside the vault's seal, as bytes; README.md has the form. For vault.cc, and for those
// who try to break it.
namespace ecluse {

struct VaultText {
  std::map<PracticeId, Vault::Entry> entries;
  std::map<PracticeId, uint64_t> last_epoch;  // also of logins that were removed
  bool operator==(const VaultText&) const = default;
};

// What was encoded decodes to the same. The caller wipes it.
std::string EncodeVault(const VaultText& vault);
// DataLoss: it is torn, or names a practice twice. The status names no content.
absl::StatusOr<VaultText> DecodeVault(std::string_view text);

}  // namespace ecluse
