// SPDX-License-Identifier: Apache-2.0
#include "proto/profile/profile.h"

#include <utility>

#include "proto/card.h"
#include "proto/profile/read.h"

namespace ecluse::profile {
namespace {

absl::Status ReadHead(const std::string& path, const Section& section, Profile& profile) {
  Fields fields(path, section);
  profile.name.text = fields.Text("operator");
  if (!IsName(profile.name.text)) {
    fields.Wrong("operator", "must be 1 to 32 characters of [a-z0-9-]");
  }
  if (profile.name == kByCard) fields.Wrong("operator", "is reserved for routing by the card");
  profile.label = fields.Text("label");
  if (profile.label.empty()) fields.Wrong("label", "must not be empty");
  profile.quirks = TextOr(fields, "quirks", "");
  if (!profile.quirks.empty() && !IsName(profile.quirks)) {
    fields.Wrong("quirks", "must be the name of a folder of adapters/operators");
  }
  return fields.Finish();
}

absl::Status UnknownSection(const std::string& path, const Section& section) {
  const std::string meant = Nearest(section.name, {"service", "field", "word", "policy", "driver"});
  return absl::InvalidArgumentError(path + ":" + std::to_string(section.line) +
                                    ": there is no section `" + section.name + "`" +
                                    (meant.empty() ? "" : "; write [[" + meant + "]]"));
}

absl::Status ReadPart(const std::string& path, const Section& section, Profile& profile) {
  if (section.name.empty() || section.name == "service") return absl::OkStatus();
  if (section.name == "field") return ReadField(path, section, profile);
  if (section.name == "word") return ReadWord(path, section, profile);
  if (section.name == "policy") return KeepRaw(path, section, profile, &Service::policy);
  return KeepRaw(path, section, profile, &Service::driver);
}

bool IsKnown(const Section& section) {
  for (const char* name : {"service", "field", "word", "policy", "driver"}) {
    if (section.name == name) return section.repeated;
  }
  return section.name.empty();
}

absl::StatusOr<Profile> FromSections(const std::vector<Section>& sections,
                                     const std::string& path) {
  Profile profile;
  profile.path = path;
  // The services come first, so that the order of the file is free.
  for (const Section& section : sections) {
    if (!IsKnown(section)) return UnknownSection(path, section);
    absl::Status status;
    if (section.name.empty()) status = ReadHead(path, section, profile);
    if (section.name == "service") status = ReadService(path, section, profile);
    if (!status.ok()) return status;
  }
  if (profile.services.empty()) {
    return absl::InvalidArgumentError(path + ": has no [[service]]: nothing could be sent");
  }
  for (const Section& section : sections) {
    const absl::Status status = ReadPart(path, section, profile);
    if (!status.ok()) return status;
  }
  for (const Service& service : profile.services) {
    // Mail has no words: its acknowledgements and payment returns are codes of their norms.
    if (service.words.empty() && service.protocol != Protocol::kMail) {
      return absl::InvalidArgumentError(path + ": the service " + service.name.text +
                                        " has no [[word]]: no answer could be understood");
    }
  }
  return profile;
}

}  // namespace

const Service* Profile::Find(const ServiceId& service) const {
  for (const Service& each : services) {
    if (each.name == service) return &each;
  }
  return nullptr;
}

absl::StatusOr<Profile> ReadProfile(const std::string& path) {
  const auto sections = ReadSections(path);
  if (!sections.ok()) return sections.status();
  return FromSections(*sections, path);
}

absl::StatusOr<Profile> ParseProfile(const std::string& text, const std::string& path) {
  const auto sections = ParseSections(text, path);
  if (!sections.ok()) return sections.status();
  return FromSections(*sections, path);
}

}  // namespace ecluse::profile
