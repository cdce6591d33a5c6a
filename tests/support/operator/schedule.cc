// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/schedule.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace ecluse::simulated {

absl::StatusOr<std::vector<Cue>> ParseSchedule(const std::string& text) {
  std::vector<Cue> cues;
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream words(line.substr(0, line.find('#')));
    double seconds = 0;
    std::string command;
    if ((words >> std::ws).eof()) continue;
    const bool read = (words >> seconds) && std::getline(words >> std::ws, command);
    while (command.ends_with(' ') || command.ends_with('\r')) command.pop_back();
    if (!read || command.empty() || seconds < 0) {
      return absl::InvalidArgumentError("line " + std::to_string(number) +
                                        ": a line is \"SECONDS COMMAND\"");
    }
    cues.push_back({absl::Seconds(seconds), command});
  }
  std::stable_sort(cues.begin(), cues.end(),
                   [](const Cue& a, const Cue& b) { return a.after < b.after; });
  return cues;
}

absl::StatusOr<std::vector<Cue>> ReadSchedule(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError("can't read " + path);
  std::stringstream whole;
  whole << file.rdbuf();
  auto cues = ParseSchedule(whole.str());
  if (cues.ok()) return cues;
  return absl::InvalidArgumentError(path + ": " + std::string(cues.status().message()));
}

}  // namespace ecluse::simulated
