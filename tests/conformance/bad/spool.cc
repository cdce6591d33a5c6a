// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/bad/spool.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace ecluse::conformance {

std::string Spool::PathOf(RequestId id) const {
  return folder_ + "/" + std::to_string(id.value) + ".spooled";
}

void Spool::Keep(const Envelope& envelope, std::string_view content) const {
  std::ofstream file(PathOf(envelope.id), std::ios::binary);
  file << envelope.id.value << '\n'
       << envelope.practice.text << '\n'
       << envelope.destination.service.text << '\n'
       << envelope.format << '\n'
       << content;
}

void Spool::Forget(RequestId id) const { std::filesystem::remove(PathOf(id)); }

std::vector<std::pair<Envelope, std::string>> Spool::All() const {
  std::vector<std::pair<Envelope, std::string>> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    if (entry.path().extension() != ".spooled") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string number;
    Envelope envelope;
    std::getline(file, number);
    std::getline(file, envelope.practice.text);
    std::getline(file, envelope.destination.service.text);
    std::getline(file, envelope.format);
    envelope.id = {std::stoull(number)};
    all.emplace_back(envelope, std::string(std::istreambuf_iterator<char>(file), {}));
  }
  return all;
}

}  // namespace ecluse::conformance
