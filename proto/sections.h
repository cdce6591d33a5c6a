// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

// A TOML file of ours as plain values: sections of simple settings, each with the line it is on.
// Deeper nesting and dates are refused.
namespace ecluse {

struct Setting {
  std::string name;
  uint32_t line = 0;
  std::variant<bool, int64_t, std::string, std::vector<std::string>, double> value;
};

struct Section {
  std::string name;  // empty: the settings before the first header
  uint32_t line = 0;
  bool repeated = false;  // written [[name]]
  std::vector<Setting> settings;
};

// The sections in the order of the file; the status names file, line and rule.
absl::StatusOr<std::vector<Section>> ReadSections(const std::string& path);
absl::StatusOr<std::vector<Section>> ParseSections(const std::string& text,
                                                   const std::string& path);

// The one of `known` that was probably meant, or empty.
std::string Nearest(const std::string& name, const std::vector<std::string>& known);

// Reads one section setting by setting and keeps the first mistake.
class Fields {
 public:
  Fields(const std::string& path, const Section& section) : path_(path), section_(section) {}

  // A setting that must be there. After a mistake the value is empty and Finish() tells it.
  std::string Text(const std::string& name);
  std::vector<std::string> Texts(const std::string& name);
  // nullptr: not there.
  const Setting* Find(const std::string& name);

  // The value of `name` breaks `rule`; also where the setting is not there and its default does.
  void Wrong(const std::string& name, const std::string& rule);

  // The first mistake, if any; a setting that was never asked for comes before all others,
  // because a misspelt name is also a missing one.
  absl::Status Finish() const;

 private:
  void Keep(uint32_t line, const std::string& what);
  std::string Head(uint32_t line) const;

  const std::string& path_;
  const Section& section_;
  std::vector<std::string> asked_;
  absl::Status first_;
};

}  // namespace ecluse
