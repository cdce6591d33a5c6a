// SPDX-License-Identifier: Apache-2.0
#include "proto/sections.h"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace ecluse {
namespace {

constexpr size_t kMostFileBytes = 16 << 20;

// One file on its way from toml++ to plain values.
class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {}

  absl::StatusOr<std::vector<Section>> Read(const toml::table& root) {
    Section head;
    for (const auto& [key, node] : root) {
      const std::string name(key.str());
      if (const toml::table* table = node.as_table()) {
        Take(name, *table, false);
      } else if (node.is_array_of_tables()) {
        for (const toml::node& each : *node.as_array()) Take(name, *each.as_table(), true);
      } else {
        head.settings.push_back(Simple(name, key.source(), node));
      }
    }
    if (!first_.ok()) return first_;
    sections_.push_back(std::move(head));
    std::sort(sections_.begin(), sections_.end(),
              [](const Section& a, const Section& b) { return a.line < b.line; });
    return std::move(sections_);
  }

 private:
  void Take(const std::string& name, const toml::table& table, bool repeated) {
    Section section{name, table.source().begin.line, repeated, {}};
    for (const auto& [key, node] : table) {
      section.settings.push_back(Simple(std::string(key.str()), key.source(), node));
    }
    sections_.push_back(std::move(section));
  }

  Setting Simple(const std::string& name, const toml::source_region& source,
                 const toml::node& node) {
    Setting setting{name, source.begin.line, {}};
    if (const auto* flag = node.as_boolean()) {
      setting.value = flag->get();
    } else if (const auto* count = node.as_integer()) {
      setting.value = count->get();
    } else if (const auto* fraction = node.as_floating_point()) {
      setting.value = fraction->get();
    } else if (const auto* text = node.as_string()) {
      setting.value = text->get();
    } else if (const toml::array* list = node.as_array()) {
      setting.value = Texts(setting, *list);
    } else {
      Refuse(setting, "is neither a text, a number, true, false nor a list of texts");
    }
    return setting;
  }

  std::vector<std::string> Texts(const Setting& setting, const toml::array& list) {
    std::vector<std::string> texts;
    for (const toml::node& each : list) {
      if (const auto* text = each.as_string()) {
        texts.push_back(text->get());
      } else {
        Refuse(setting, "has something other than texts in its list");
      }
    }
    return texts;
  }

  void Refuse(const Setting& setting, const std::string& rule) {
    if (!first_.ok()) return;
    first_ = absl::InvalidArgumentError(path_ + ":" + std::to_string(setting.line) + ": `" +
                                        setting.name + "` " + rule);
  }

  const std::string& path_;
  std::vector<Section> sections_;
  absl::Status first_;
};

size_t Distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

absl::StatusOr<std::vector<Section>> ReadSections(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(path + ": can't be opened for reading");
  std::string text;
  std::vector<char> piece(64 << 10);
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())), file.gcount() > 0) {
    text.append(piece.data(), static_cast<size_t>(file.gcount()));
    if (text.size() > kMostFileBytes) return absl::InvalidArgumentError(path + ": is too long");
  }
  if (file.bad() || !file.eof()) return absl::UnavailableError(path + ": can't be read");
  return ParseSections(text, path);
}

absl::StatusOr<std::vector<Section>> ParseSections(const std::string& text,
                                                   const std::string& path) {
  try {
    const toml::table root = toml::parse(text, path);
    return Reader(path).Read(root);
  } catch (const toml::parse_error& error) {
    return absl::InvalidArgumentError(path + ":" + std::to_string(error.source().begin.line) +
                                      ": " + std::string(error.description()));
  }
}

std::string Nearest(const std::string& name, const std::vector<std::string>& known) {
  std::string nearest;
  size_t least = std::max<size_t>(2, name.size() / 3) + 1;
  for (const std::string& each : known) {
    const size_t distance = Distance(name, each);
    if (distance >= least) continue;
    least = distance;
    nearest = each;
  }
  return nearest;
}

std::string Fields::Text(const std::string& name) {
  const Setting* setting = Find(name);
  if (setting == nullptr) {
    Keep(section_.line, "`" + name + "` is missing");
    return "";
  }
  if (const auto* text = std::get_if<std::string>(&setting->value)) return *text;
  Wrong(name, "must be a text in quotes");
  return "";
}

std::vector<std::string> Fields::Texts(const std::string& name) {
  const Setting* setting = Find(name);
  if (setting == nullptr) {
    Keep(section_.line, "`" + name + "` is missing");
    return {};
  }
  if (const auto* texts = std::get_if<std::vector<std::string>>(&setting->value)) {
    if (texts->empty()) Wrong(name, "must not be empty");
    return *texts;
  }
  Wrong(name, "must be a list of texts");
  return {};
}

const Setting* Fields::Find(const std::string& name) {
  asked_.push_back(name);
  for (const Setting& setting : section_.settings) {
    if (setting.name == name) return &setting;
  }
  return nullptr;
}

void Fields::Wrong(const std::string& name, const std::string& rule) {
  uint32_t line = section_.line;
  for (const Setting& setting : section_.settings) {
    if (setting.name == name) line = setting.line;
  }
  Keep(line, "`" + name + "` " + rule);
}

absl::Status Fields::Finish() const {
  for (const Setting& setting : section_.settings) {
    if (std::find(asked_.begin(), asked_.end(), setting.name) != asked_.end()) continue;
    const std::string meant = Nearest(setting.name, asked_);
    return absl::InvalidArgumentError(Head(setting.line) + "there is no setting `" + setting.name +
                                      "`" + (meant.empty() ? "" : "; is `" + meant + "` meant?"));
  }
  return first_;
}

void Fields::Keep(uint32_t line, const std::string& what) {
  if (first_.ok()) first_ = absl::InvalidArgumentError(Head(line) + what);
}

std::string Fields::Head(uint32_t line) const {
  std::string head = path_ + (line == 0 ? "" : ":" + std::to_string(line)) + ": ";
  if (section_.name.empty()) return head;
  return head + (section_.repeated ? "[[" + section_.name + "]] " : "[" + section_.name + "] ");
}

}  // namespace ecluse
