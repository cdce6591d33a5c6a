// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/status/statusor.h>

#include <string>
#include <vector>

#include "proto/identity.h"
#include "proto/sections.h"

namespace ecluse {

// Whose key is whose, from a file with a [[practice]], [[adapter]] or [[ops]] section per key:
//
//   [[practice]] name, finess = ["…"], key
//   [[adapter]]  operator, services = ["…"], key
//   [[ops]]      name, may = "act" or "read", key
//
// A practice may have several keys (two machines, a key that is being replaced): one section each,
// with the same name and the same FINESS numbers. A FINESS number belongs to one practice.
class Peers {
 public:
  // Any mistake refuses the whole file; the status names file, line, field and rule.
  static absl::StatusOr<Peers> Read(const std::string& path);
  static absl::StatusOr<Peers> Parse(const std::string& text, const std::string& path);

  // nullptr: nobody's.
  const Identity* Find(const std::string& public_key) const;
  size_t size() const { return by_key_.size(); }
  std::vector<PracticeId> Practices() const;  // each once, in order of name

 private:
  static absl::StatusOr<Peers> FromSections(const std::vector<Section>& sections,
                                            const std::string& path);

  absl::flat_hash_map<std::string, Identity> by_key_;
};

}  // namespace ecluse
