// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace ecluse::bench {

// One measured value, as a line `workload cell value unit` with tabs, at once.
void Row(const std::string& workload, const std::string& cell, double value,
         const std::string& unit);

// Seconds since some moment; it never jumps.
double Seconds();

// Ends the program with a word on stderr: a benchmark that goes wrong measures nothing.
[[noreturn]] void GiveUp(const std::string& why);

// One request's content, out of a stock of 4,096: 1,536 bytes that compress about as well as a real
// authorisation.
const std::string& Content(uint64_t number);

}  // namespace ecluse::bench
