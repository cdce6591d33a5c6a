// SPDX-License-Identifier: Apache-2.0
#include "broker/net/peers.h"

#include <algorithm>
#include <map>
#include <set>

#include "broker/net/keys.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

constexpr char kNameRule[] = "must be 1 to 32 characters of [a-z0-9-]";

// Nine digits; Corsica and the numbers of health professionals have letters from A to F.
bool IsFiness(const std::string& text) {
  const auto allowed = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); };
  return text.size() == 9 && std::all_of(text.begin(), text.end(), allowed);
}

// What must hold between sections.
class Register {
 public:
  Identity Practice(Fields& fields) {
    identity::Practice practice{{fields.Text("name")}, fields.Texts("finess")};
    if (!IsName(practice.id.text)) fields.Wrong("name", kNameRule);
    std::sort(practice.finess.begin(), practice.finess.end());
    for (const std::string& finess : practice.finess) {
      if (!IsFiness(finess)) fields.Wrong("finess", "has a number that is not 9 of [0-9A-F]");
      const auto [owner, fresh] = owners_.emplace(finess, practice.id);
      if (owner->second != practice.id) {
        fields.Wrong("finess", "has a number that belongs to practice " + owner->second.text);
      }
    }
    const auto [known, fresh] = practices_.emplace(practice.id, practice.finess);
    if (known->second != practice.finess) {
      fields.Wrong("finess", "differs from an earlier section of the same practice");
    }
    if (practices_.size() > limits::kPractices) {
      fields.Wrong("name", "is one practice too many: at most 10000");
    }
    return practice;
  }

  static Identity Adapter(Fields& fields) {
    identity::Adapter adapter{{fields.Text("operator")}, {}};
    if (!IsName(adapter.run_by.text)) fields.Wrong("operator", kNameRule);
    for (const std::string& service : fields.Texts("services")) {
      if (!IsName(service)) fields.Wrong("services", "has one that is not of [a-z0-9-]");
      adapter.services.push_back({service});
    }
    return adapter;
  }

  static Identity Ops(Fields& fields) {
    identity::Ops ops{fields.Text("name"), false};
    if (!IsName(ops.name)) fields.Wrong("name", kNameRule);
    const std::string may = fields.Text("may");
    if (may != "act" && may != "read") fields.Wrong("may", "must be \"act\" or \"read\"");
    ops.may_act = may == "act";
    return ops;
  }

 private:
  std::map<std::string, PracticeId> owners_;
  std::map<PracticeId, std::vector<std::string>> practices_;
};

absl::Status Unknown(const std::string& path, const Section& section) {
  const std::string where = path + ":" + std::to_string(section.line) + ": ";
  const std::string& name = section.name;
  if (name == "practice" || name == "adapter" || name == "ops") {
    return absl::InvalidArgumentError(where + "write [[" + name + "]], not [" + name + "]");
  }
  const std::string meant = Nearest(name, {"practice", "adapter", "ops"});
  return absl::InvalidArgumentError(where + "there is no section [[" + name + "]]" +
                                    (meant.empty() ? "" : "; is [[" + meant + "]] meant?"));
}

}  // namespace

absl::StatusOr<Peers> Peers::Read(const std::string& path) {
  const auto sections = ReadSections(path);
  if (!sections.ok()) return sections.status();
  return FromSections(*sections, path);
}

absl::StatusOr<Peers> Peers::Parse(const std::string& text, const std::string& path) {
  const auto sections = ParseSections(text, path);
  if (!sections.ok()) return sections.status();
  return FromSections(*sections, path);
}

absl::StatusOr<Peers> Peers::FromSections(const std::vector<Section>& sections,
                                          const std::string& path) {
  Peers peers;
  Register others;
  for (const Section& section : sections) {
    Fields fields(path, section);
    if (section.name.empty()) {
      if (const absl::Status status = fields.Finish(); !status.ok()) return status;
      continue;
    }
    Identity who;
    if (section.name == "practice" && section.repeated) {
      who = others.Practice(fields);
    } else if (section.name == "adapter" && section.repeated) {
      who = Register::Adapter(fields);
    } else if (section.name == "ops" && section.repeated) {
      who = Register::Ops(fields);
    } else {
      return Unknown(path, section);
    }
    const std::string key = fields.Text("key");
    if (!IsKey(key)) fields.Wrong("key", "must be a public key: 40 characters of Z85");
    if (!peers.by_key_.emplace(key, std::move(who)).second) {
      fields.Wrong("key", "is in the file already: a key has one identity");
    }
    if (const absl::Status status = fields.Finish(); !status.ok()) return status;
  }
  return peers;
}

std::vector<PracticeId> Peers::Practices() const {
  std::set<PracticeId> names;
  for (const auto& [key, who] : by_key_) {
    if (const auto* practice = std::get_if<identity::Practice>(&who)) names.insert(practice->id);
  }
  return {names.begin(), names.end()};
}

const Identity* Peers::Find(const std::string& public_key) const {
  const auto found = by_key_.find(public_key);
  return found == by_key_.end() ? nullptr : &found->second;
}

}  // namespace ecluse
