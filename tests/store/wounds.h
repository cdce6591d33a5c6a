// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>
#include <vector>

namespace ecluse::store::sample {

// Damage to the files of a store that nobody has open. Looking is allowed while one is.
enum class Wound { kFlip, kBlank, kTruncate, kRemove, kEmpty };

// The newest file of the directory whose name holds `part`, by its number; empty: none. Files
// without a byte don't count.
std::string Newest(const std::string& directory, const std::string& part);
// Any such file.
std::string Any(const std::string& directory, const std::string& part, std::mt19937_64& random);

void Inflict(Wound wound, const std::string& file, std::mt19937_64& random);

// Where the whole records of a log end, from the first to the last.
std::vector<size_t> EndsOfRecords(const std::string& log);

}  // namespace ecluse::store::sample
