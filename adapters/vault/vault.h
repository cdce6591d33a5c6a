// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "proto/names.h"

namespace ecluse {

// The logins of one operator's practices, in one encrypted file: XChaCha20-Poly1305, under a key of
// 32 bytes from a file (mode 600) or a systemd credential. Practice software and broker never see
// them. Set by the program ecluse-vault; read by the adapter. README.md has the file's form.
class Vault {
 public:
  struct Entry {
    std::string login;
    std::string secret;
    uint64_t epoch = 0;     // grows with every new secret of this practice, also after a removal
    absl::Time rotated_at;  // when the secret was set
    bool operator==(const Entry&) const = default;
  };

  // A file that is not there is an empty vault. An error names the file and the rule, never a
  // content: a wrong key and damage look alike.
  static absl::StatusOr<Vault> Open(const std::string& path, const std::string& key_file);

  const Entry* Find(const PracticeId& practice) const;
  // The last epoch that the practice ever had, also of a login that was removed; 0: none.
  uint64_t LastEpoch(const PracticeId& practice) const;
  const std::map<PracticeId, Entry>& entries() const { return entries_; }

  // The new secret is on disk on return, under the next epoch; the file is replaced as a whole.
  // What another process changed meanwhile is read first, so that nothing of it is lost. After an
  // error the vault is to be opened again.
  absl::Status Set(const PracticeId& practice, std::string login, std::string secret,
                   absl::Time now);
  absl::Status Remove(const PracticeId& practice);
  // The same entries under the key of another file; the old key opens it no more.
  absl::Status Rekey(const std::string& new_key_file);

 private:
  Vault() = default;
  absl::Status Read();
  absl::Status Write() const;

  std::string path_;
  std::string key_;
  std::map<PracticeId, Entry> entries_;
  std::map<PracticeId, uint64_t> last_epoch_;
};

}  // namespace ecluse
