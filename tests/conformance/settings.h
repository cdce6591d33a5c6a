// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <map>
#include <string>
#include <vector>

#include "proto/envelope.h"

// conformance.toml: how an integrator's adapter is started. README.md explains every setting.
namespace ecluse::conformance {

// A program, its words and what it reads on stdin. Placeholders are not filled in yet.
struct Command {
  std::vector<std::string> words;
  std::string input;

  bool empty() const { return words.empty(); }
};

// A file that is written into the folder before the adapter starts.
struct FileToWrite {
  std::string name;
  std::string from;  // another file that it begins with; may be empty
  std::string text;
};

struct Settings {
  std::string folder;  // of conformance.toml: {here}
  Destination destination;
  Kind kind = Kind::kAuthorisation;
  std::string format = "application/octet-stream";
  std::string content;  // of an ordinary request, with {number} in it; empty: the kit's own text

  Command adapter;
  std::vector<std::string> logs;  // files that it writes beside stdout and stderr
  bool probes = true;
  bool logs_in = true;
  bool may_be_two = true;           // two processes may run side by side
  absl::Duration silence;           // above the adapter's own total timeout
  size_t content_bytes = 8 << 20;   // the longest content that it must carry
  size_t letter_bytes = 512 << 10;  // the longest letter in an answer that it must carry

  Command stand;  // empty: the simulated operator
  std::vector<FileToWrite> files;
  std::vector<Command> prepare;   // run once, in order
  std::vector<Command> accounts;  // run for each practice, and again for a new secret
};

// Any mistake refuses the whole file; the status names file, line and setting.
absl::StatusOr<Settings> ReadSettings(const std::string& path);

// Fills "{name}" from `values`. Other braces stay as they are: configuration files have their own.
using Values = std::map<std::string, std::string>;
std::string Fill(std::string text, const Values& values);

}  // namespace ecluse::conformance
