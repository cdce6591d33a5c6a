// SPDX-License-Identifier: Apache-2.0
#include "tests/store/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace ecluse::store::record {

namespace {

std::string Hex(const std::string& bytes) {
  static const char digits[] = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  return hex + "\n";
}

}  // namespace

absl::Time At(int64_t seconds) { return absl::FromUnixSeconds(1'706'742'000 + seconds); }

std::string Kept(const std::string& name) {
  std::ifstream file(std::string(ECLUSE_GOLDEN) + "/" + name + "-1.hex");
  std::string bytes;
  for (char high = 0, low = 0; file >> high >> low;) {
    bytes += static_cast<char>(std::stoi(std::string{high, low}, nullptr, 16));
  }
  return bytes;
}

void ExpectGolden(const std::string& name, const std::string& bytes) {
  const std::string path = std::string(ECLUSE_GOLDEN) + "/" + name + "-1.hex";
  std::ifstream file(path);
  const std::string golden{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (golden.empty() && std::getenv("ECLUSE_NEW_GOLDEN") != nullptr) {
    std::ofstream(path) << Hex(bytes);
    return;
  }
  EXPECT_EQ(Hex(bytes), golden) << name;
}

}  // namespace ecluse::store::record
