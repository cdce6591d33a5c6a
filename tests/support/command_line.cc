// SPDX-License-Identifier: Apache-2.0
#include "tests/support/command_line.h"

#include <CLI/CLI.hpp>
#include <string>

#include "tests/support/numbers.h"

namespace ecluse {

CLI::Validator Whole(uint64_t least, uint64_t most) {
  const std::string range = std::to_string(least) + " to " + std::to_string(most);
  const auto check = [=](std::string& input) {
    const auto number = WholeNumber(input);
    if (!number || *number < least || *number > most) {
      return "\"" + input + "\" is no whole number from " + range;
    }
    input = std::to_string(*number);
    return std::string();
  };
  return CLI::Validator(check, range);
}

std::optional<int> ReadWords(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return std::nullopt;
}

}  // namespace ecluse
