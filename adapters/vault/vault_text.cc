// SPDX-License-Identifier: Apache-2.0
#include "adapters/vault/vault_text.h"

#include <utility>

namespace ecluse {
namespace {

void Put(std::string& into, uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) into += static_cast<char>(number >> shift & 0xFF);
}

void Put(std::string& into, const std::string& text) {
  Put(into, text.size());
  into += text;
}

// Takes what Put() wrote; after the first thing that can't be, everything is empty.
class Taker {
 public:
  explicit Taker(std::string_view rest) : rest_(rest) {}

  uint64_t Number() {
    if (rest_.size() < 8) return Stop();
    uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(8);
    return number;
  }
  std::string Text() {
    const uint64_t size = Number();
    if (size > rest_.size()) return Stop(), "";
    const std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }
  bool done() const { return rest_.empty(); }
  bool good() const { return good_; }

 private:
  uint64_t Stop() {
    good_ = false;
    rest_ = {};
    return 0;
  }
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

// An entry without a login keeps the epoch of one that was removed.
std::string EncodeVault(const VaultText& vault) {
  std::string text;
  for (const auto& [practice, last] : vault.last_epoch) {
    const auto at = vault.entries.find(practice);
    const Vault::Entry* entry = at == vault.entries.end() ? nullptr : &at->second;
    Put(text, practice.text);
    Put(text, last);
    Put(text, entry == nullptr ? "" : entry->login);
    Put(text, entry == nullptr ? "" : entry->secret);
    Put(text, entry == nullptr ? 0 : static_cast<uint64_t>(absl::ToUnixSeconds(entry->rotated_at)));
  }
  return text;
}

absl::StatusOr<VaultText> DecodeVault(std::string_view text) {
  VaultText vault;
  Taker from(text);
  while (!from.done()) {
    const PracticeId practice{from.Text()};
    const uint64_t last = from.Number();
    Vault::Entry entry;
    entry.login = from.Text();
    entry.secret = from.Text();
    entry.epoch = last;
    entry.rotated_at = absl::FromUnixSeconds(static_cast<int64_t>(from.Number()));
    if (!from.good()) return absl::DataLossError("has a torn entry");
    // Twice, and one of them without a login, would bring a removed login back.
    if (!IsName(practice.text) || !vault.last_epoch.emplace(practice, last).second) {
      return absl::DataLossError("has an entry without a name, or a practice twice");
    }
    if (!entry.login.empty()) vault.entries[practice] = std::move(entry);
  }
  return vault;
}

}  // namespace ecluse
