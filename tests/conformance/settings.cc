// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/settings.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "proto/limits.h"
#include "proto/sections.h"
#include "proto/texts.h"

namespace ecluse::conformance {
namespace {

namespace fs = std::filesystem;

std::string TextOr(Fields& in, const std::string& name, const std::string& otherwise) {
  return in.Find(name) == nullptr ? otherwise : in.Text(name);
}

std::vector<std::string> TextsOr(Fields& in, const std::string& name) {
  return in.Find(name) == nullptr ? std::vector<std::string>{} : in.Texts(name);
}

void TakeFlag(Fields& in, const std::string& name, bool& flag) {
  const Setting* setting = in.Find(name);
  if (setting == nullptr) return;
  const bool* value = std::get_if<bool>(&setting->value);
  if (value == nullptr) return in.Wrong(name, "is true or false");
  flag = *value;
}

void TakeBytes(Fields& in, const std::string& name, size_t most, size_t& bytes) {
  const Setting* setting = in.Find(name);
  if (setting == nullptr) return;
  const auto* value = std::get_if<int64_t>(&setting->value);
  if (value == nullptr || *value < 0 || static_cast<size_t>(*value) > most) {
    return in.Wrong(name, "is a number of bytes, at most " + std::to_string(most));
  }
  bytes = static_cast<size_t>(*value);
}

std::string ReadWhole(const fs::path& path, bool& read) {
  std::ifstream file(path, std::ios::binary);
  read = file.is_open();
  return {std::istreambuf_iterator<char>(file), {}};
}

void TakeDestination(Fields& in, Settings& settings) {
  settings.destination = {{in.Text("operator")}, {in.Text("service")}};
  const auto kind = CodeNamed<Kind>(TextOr(in, "kind", "authorisation"));
  if (!kind) in.Wrong("kind", "is authorisation, bill, document, cancellation or quotation");
  settings.kind = kind.value_or(Kind::kAuthorisation);
  settings.format = TextOr(in, "format", settings.format);
  const std::string file = TextOr(in, "content_file", "");
  if (file.empty()) return;
  bool read = false;
  settings.content = ReadWhole(fs::path(settings.folder) / file, read);
  if (!read || settings.content.empty()) in.Wrong("content_file", "names no file with a content");
}

void TakeAdapter(Fields& in, Settings& settings) {
  settings.adapter = {in.Texts("command"), ""};
  settings.logs = TextsOr(in, "logs");
  TakeFlag(in, "probes", settings.probes);
  TakeFlag(in, "logs_in", settings.logs_in);
  TakeFlag(in, "may_be_two", settings.may_be_two);
  TakeBytes(in, "content_bytes", limits::kContentBytes, settings.content_bytes);
  TakeBytes(in, "letter_bytes", limits::kAnswerBytes, settings.letter_bytes);
  const std::string silence = TextOr(in, "silence", "5s");
  if (!absl::ParseDuration(silence, &settings.silence) || settings.silence < absl::Seconds(1) ||
      settings.silence > absl::Seconds(30)) {
    in.Wrong("silence", "is a duration from \"1s\" to \"30s\"");
  }
}

absl::Status TakeSection(const std::string& path, const Section& section, Settings& settings) {
  Fields in(path, section);
  if (section.name.empty()) {
    TakeDestination(in, settings);
  } else if (section.name == "adapter") {
    TakeAdapter(in, settings);
  } else if (section.name == "stand") {
    settings.stand = {in.Texts("command"), ""};
  } else if (section.name == "file") {
    settings.files.push_back({in.Text("name"), TextOr(in, "from", ""), TextOr(in, "text", "")});
  } else if (section.name == "prepare") {
    settings.prepare.push_back({in.Texts("command"), TextOr(in, "input", "")});
  } else if (section.name == "account") {
    settings.accounts.push_back({in.Texts("command"), TextOr(in, "input", "")});
  } else {
    return absl::InvalidArgumentError(path + ":" + std::to_string(section.line) +
                                      ": there is no section " + section.name);
  }
  return in.Finish();
}

}  // namespace

absl::StatusOr<Settings> ReadSettings(const std::string& path) {
  auto sections = ReadSections(path);
  if (!sections.ok()) return sections.status();
  Settings settings;
  settings.folder = fs::absolute(path).parent_path().string();
  for (const Section& section : *sections) {
    const absl::Status status = TakeSection(path, section, settings);
    if (!status.ok()) return status;
  }
  if (settings.adapter.empty()) {
    return absl::InvalidArgumentError(path + ": [adapter] `command` is missing");
  }
  return settings;
}

std::string Fill(std::string text, const Values& values) {
  for (const auto& [name, value] : values) {
    const std::string hole = "{" + name + "}";
    for (size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at)) {
      text.replace(at, hole.size(), value);
      at += value.size();
    }
  }
  return text;
}

}  // namespace ecluse::conformance
