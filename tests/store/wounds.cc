// SPDX-License-Identifier: Apache-2.0
#include "tests/store/wounds.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ecluse::store::sample {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> Named(const std::string& directory, const std::string& part) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename();
    std::error_code gone;  // an open store removes files when it likes
    const uint64_t size = entry.file_size(gone);
    if (name.find(part) != std::string::npos && !gone && size > 0) files.push_back(entry.path());
  }
  // Numbers have leading zeros.
  std::sort(files.begin(), files.end());
  return files;
}

std::string Read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string Newest(const std::string& directory, const std::string& part) {
  const auto files = Named(directory, part);
  return files.empty() ? "" : files.back();
}

std::string Any(const std::string& directory, const std::string& part, std::mt19937_64& random) {
  const auto files = Named(directory, part);
  return files.empty() ? "" : files[random() % files.size()];
}

void Inflict(Wound wound, const std::string& file, std::mt19937_64& random) {
  const size_t size = fs::file_size(file);
  switch (wound) {
    case Wound::kTruncate:
      return fs::resize_file(file, random() % size);
    case Wound::kEmpty:
      return fs::resize_file(file, 0);
    case Wound::kRemove:
      fs::remove(file);
      return;
    case Wound::kFlip: {
      std::string bytes = Read(file);
      bytes[random() % size] ^= static_cast<char>(1 << random() % 8);
      std::ofstream(file, std::ios::binary) << bytes;
      return;
    }
    case Wound::kBlank: {
      std::string bytes = Read(file);
      const size_t from = random() % size;
      const size_t many = 1 + random() % std::min<size_t>(size - from, 8192);
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), many, '\0');
      std::ofstream(file, std::ios::binary) << bytes;
      return;
    }
  }
}

std::vector<size_t> EndsOfRecords(const std::string& log) {
  constexpr size_t kBlock = 32 << 10;
  const std::string bytes = Read(log);  // of no name: nothing
  std::vector<size_t> ends;
  for (size_t at = 0; at + 7 <= bytes.size();) {
    if (kBlock - at % kBlock < 7) {
      at += kBlock - at % kBlock;
      continue;
    }
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    const size_t length = byte(4) | static_cast<size_t>(byte(5)) << 8;
    const unsigned char type = byte(6);
    if (type == 0 || at + 7 + length > bytes.size()) break;
    at += 7 + length;
    if (type == 1 || type == 4) ends.push_back(at);  // a whole record, or the end of one
  }
  return ends;
}

}  // namespace ecluse::store::sample
