// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ecluse::soak {

// One measured value, as a line `soak cell value unit` with tabs, at once.
void Row(const std::string& cell, double value, const std::string& unit);

// Seconds on the wall since some moment; it never jumps.
double Seconds();
// Of the processor that this thread has used: what a busy machine does not change.
double CpuSeconds();

// What this process has resident now.
uint64_t ResidentBytes();

// Of all files below.
uint64_t BytesBelow(const std::string& folder);
// Takes the files below out of the system's cache, as far as they are on the disk.
void Forget(const std::string& folder);

// The value that `part` (0 to 1) of them do not exceed. Sorts. 0: there is none.
double Quantile(std::vector<double>& values, double part);

// Ends the program with a word on stderr: a soak that can't go on measures nothing.
[[noreturn]] void GiveUp(const std::string& why);

}  // namespace ecluse::soak
