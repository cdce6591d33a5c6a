// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "proto/profile/read.h"

namespace ecluse::profile {
namespace {

// The services that a section is for. `all`: what it is for when it names none.
std::vector<Service*> Named(Fields& fields, Profile& profile, bool all) {
  std::vector<std::string> wanted = TextsOr(fields, "services");
  const char* setting = "services";
  if (fields.Find("service") != nullptr) {
    if (!wanted.empty()) fields.Wrong("service", "and `services` do not go together");
    setting = "service";
    wanted = {fields.Text("service")};
  } else if (wanted.empty() && !all) {
    fields.Text("service");  // tells that it is missing
  }
  std::vector<Service*> found;
  if (wanted.empty() && all) {
    for (Service& service : profile.services) found.push_back(&service);
  }
  std::vector<std::string> known;
  for (const Service& service : profile.services) known.push_back(service.name.text);
  for (const std::string& name : wanted) {
    const auto at = std::find(known.begin(), known.end(), name);
    if (at != known.end()) {
      found.push_back(&profile.services[static_cast<size_t>(at - known.begin())]);
      continue;
    }
    const std::string meant = Nearest(name, known);
    fields.Wrong(setting, "knows no [[service]] \"" + name + "\"" +
                              (meant.empty() ? "" : "; is \"" + meant + "\" meant?"));
  }
  return found;
}

bool Takes(const Service& service, Kind kind) {
  const std::vector<Kind>& kinds = service.rules.kinds;
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace

absl::Status ReadField(const std::string& path, const Section& section, Profile& profile) {
  Fields fields(path, section);
  const std::vector<Service*> services = Named(fields, profile, true);
  content::Requirement wanted;
  wanted.kind = Choice(fields, "kind", fields.Text("kind"), Kind::kAuthorisation);
  wanted.path = fields.Text("path");
  if (!content::IsPath(wanted.kind, wanted.path)) {
    fields.Wrong("path", "names no field of such a content");
  }
  wanted.presence =
      Choice(fields, "presence", fields.Text("presence"), content::Presence::kObligatory);
  if (wanted.presence == content::Presence::kConditional) {
    wanted.when = fields.Text("when");
    const size_t equals = wanted.when.find('=');
    if (!content::IsPath(wanted.kind, wanted.when.substr(0, equals)) ||
        equals + 1 == wanted.when.size()) {
      fields.Wrong("when", "must be like \"lines[].correction\" or \"domain=optics\"");
    }
  } else if (fields.Find("when") != nullptr) {
    fields.Wrong("when", "goes with the presence \"conditional\" only");
  }
  wanted.source = fields.Text("source");
  if (wanted.source.empty()) fields.Wrong("source", "must not be empty: who says so?");
  bool taken = false;
  for (Service* service : services) {
    if (!Takes(*service, wanted.kind)) continue;
    taken = true;
    service->rules.requirements.push_back(wanted);
  }
  if (!taken) fields.Wrong("kind", "is taken by none of the services");
  return fields.Finish();
}

absl::Status ReadWord(const std::string& path, const Section& section, Profile& profile) {
  Fields fields(path, section);
  const std::vector<Service*> services = Named(fields, profile, true);
  const Meaning meaning = Choice(fields, "means", fields.Text("means"), Meaning::kReceived);
  for (const std::string& word : fields.Texts("words")) {
    const std::string folded = Fold(word);
    if (folded.empty()) fields.Wrong("words", "has an empty word");
    for (Service* service : services) {
      if (service->words.emplace(folded, meaning).second) continue;
      fields.Wrong("words", "has \"" + word + "\", which means something already in the service " +
                                service->name.text);
    }
  }
  return fields.Finish();
}

absl::Status KeepRaw(const std::string& path, const Section& section, Profile& profile,
                     Section Service::*into) {
  Fields fields(path, section);
  const std::vector<Service*> services = Named(fields, profile, false);
  Section kept = section;
  std::erase_if(kept.settings, [](const Setting& setting) {
    return setting.name == "service" || setting.name == "services";
  });
  for (Service* service : services) {
    if ((service->*into).line != 0) {
      const char* setting = fields.Find("service") != nullptr ? "service" : "services";
      fields.Wrong(setting, "has such a section already");
    }
    service->*into = kept;
  }
  for (const Setting& setting : kept.settings) fields.Find(setting.name);
  return fields.Finish();
}

}  // namespace ecluse::profile
