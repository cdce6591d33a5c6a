// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "proto/profile/names.h"
#include "proto/profile/profile.h"
#include "proto/sections.h"

// How the sections of profile.toml are read, each into its place. For profile.cc alone.
namespace ecluse::profile {

// Values with a rule, out of one section; a mistake goes to `fields`.
void TakeFlag(Fields& fields, const std::string& name, bool& into);
void TakeCount(Fields& fields, const std::string& name, int64_t most, uint64_t& into);
void TakeDuration(Fields& fields, const std::string& name, absl::Duration most,
                  absl::Duration& into);
std::string TextOr(Fields& fields, const std::string& name, const std::string& otherwise);
std::vector<std::string> TextsOr(Fields& fields, const std::string& name);

// The one that `name` gives in words; `otherwise` after a mistake.
template <class T>
T Choice(Fields& fields, const std::string& name, const std::string& word, T otherwise) {
  if (const std::optional<T> value = FromName<T>(word)) return *value;
  const std::string meant = Nearest(word, Names<T>());
  std::string all;
  for (const std::string& each : Names<T>()) all += (all.empty() ? "" : ", ") + each;
  fields.Wrong(name, "knows no \"" + word + "\"; " +
                         (meant.empty() ? "there is " + all : "is \"" + meant + "\" meant?"));
  return otherwise;
}

// [[service]]
absl::Status ReadService(const std::string& path, const Section& section, Profile& profile);
// [[field]], [[word]], [[policy]] and [[driver]], once all services are known. `service` names one
// service, `services` several; without either a field or a word is for all.
absl::Status ReadField(const std::string& path, const Section& section, Profile& profile);
absl::Status ReadWord(const std::string& path, const Section& section, Profile& profile);
absl::Status KeepRaw(const std::string& path, const Section& section, Profile& profile,
                     Section Service::*into);

}  // namespace ecluse::profile
