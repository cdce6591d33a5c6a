// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/witness.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace ecluse {
namespace {

template <class T>
bool Parse(const std::string& text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<Acceptance> FromLine(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
  if (line.ends_with('\t')) fields.emplace_back();
  if (fields.size() != 13) return std::nullopt;
  Acceptance a{fields[0], 0, fields[2], fields[3], 0, {}};
  int64_t millis = 0;
  if (!Parse(fields[1], a.attempt) || !Parse(fields[4], a.bytes) || !Parse(fields[5], millis)) {
    return std::nullopt;
  }
  a.at = absl::FromUnixMillis(millis);
  a.service = fields[6];
  a.kind = fields[7];
  a.about = fields[8];
  if (!Parse(fields[9], a.asked) || !Parse(fields[10], a.document)) return std::nullopt;
  if (!Parse(fields[11], a.at_once)) return std::nullopt;
  a.about_was = fields[12];
  return a;
}

}  // namespace

std::string ToLine(const Acceptance& a) {
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", a.key, a.attempt,
                     a.practice, a.sha256, a.bytes, absl::ToUnixMillis(a.at), a.service, a.kind,
                     a.about, a.asked, a.document, a.at_once, a.about_was);
}

uint32_t Witness::MostAtOnce(const std::string& service) const {
  uint32_t most = 0;
  for (const Acceptance& a : accepted) {
    if (service.empty() || a.service == service) most = std::max(most, a.at_once);
  }
  return most;
}

uint32_t Witness::MostInOneSecond(const std::string& service) const {
  std::vector<absl::Time> times;
  for (const Acceptance& a : accepted) {
    if (service.empty() || a.service == service) times.push_back(a.at);
  }
  std::sort(times.begin(), times.end());
  size_t most = 0;
  for (size_t first = 0, last = 0; last < times.size(); ++last) {
    while (times[last] - times[first] >= absl::Seconds(1)) ++first;
    most = std::max(most, last - first + 1);
  }
  return static_cast<uint32_t>(most);
}

std::vector<std::string> Witness::BeforeTheirFirst() const {
  std::vector<std::string> keys;
  for (const Acceptance& a : accepted) {
    if (a.about_was == "absent") keys.push_back(a.key);
  }
  return keys;
}

std::vector<std::string> Witness::BillsWithoutGrant() const {
  std::vector<std::string> keys;
  for (const Acceptance& a : accepted) {
    if (a.kind == "bill" && !a.about_was.empty() && a.about_was != "granted") keys.push_back(a.key);
  }
  return keys;
}

absl::StatusOr<Witness> ReadLedger(const std::string& path) {
  Witness witness;
  if (!std::filesystem::exists(path)) return witness;
  std::ifstream file(path, std::ios::binary);
  std::stringstream whole;
  whole << file.rdbuf();
  if (!file) return absl::UnavailableError("can't read " + path);
  const std::string text = whole.str();
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    if (end == std::string::npos) break;
    auto acceptance = FromLine(text.substr(at, end - at));
    if (!acceptance) {
      return absl::DataLossError(
          fmt::format("{}: line {} can't be read", path, witness.accepted.size() + 1));
    }
    ++witness.by_key[acceptance->key];
    witness.accepted.push_back(*std::move(acceptance));
    at = end + 1;
  }
  return witness;
}

}  // namespace ecluse
