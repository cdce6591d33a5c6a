// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace ecluse {

// What the number of an option must be. CLI11 alone takes 010 for eight, and -5 for more than
// anybody can count.
CLI::Validator Whole(uint64_t least, uint64_t most);

// Reads what was typed. A number: the program ends with it, 0 after --help, and 2 after words that
// make no sense; what is wrong with them was said.
std::optional<int> ReadWords(CLI::App& app, int argc, char** argv);

}  // namespace ecluse
