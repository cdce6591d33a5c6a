// SPDX-License-Identifier: Apache-2.0
// Trains the store's dictionary: `ecluse-train-dictionary FILE`. The same program, with the same
// zstd, writes the same bytes. store/FORMAT.md says when a new one may be made.
#include <zdict.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/mixture/mixture.h"

namespace {

constexpr size_t kDictionaryBytes = 16 << 10;
// Other people than in any measurement or test.
constexpr uint64_t kFirstSeed = 1001;
constexpr uint64_t kSeeds = 20;
constexpr int kRequests = 300;

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: ecluse-train-dictionary FILE\n"), 2;
  std::string texts;
  std::vector<size_t> sizes;
  const auto add = [&](const std::string& text) {
    texts += text;
    sizes.push_back(text.size());
  };
  uint64_t number = 9'000'000;
  for (uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    for (const auto& request : ecluse::mixture::Requests(seed, kRequests)) {
      add(request.content);
      // An answer is as good as a content, but more alike: half of them say it all.
      if (++number % 2 == 0) add(ecluse::mixture::AnswerTo(request, number).body);
    }
  }
  std::string dictionary(kDictionaryBytes, '\0');
  const size_t bytes = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), texts.data(),
                                             sizes.data(), static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(bytes)) return std::fprintf(stderr, "%s\n", ZDICT_getErrorName(bytes)), 1;
  dictionary.resize(bytes);
  std::ofstream file(argv[1], std::ios::binary);
  file << dictionary;
  return file.good() ? 0 : 1;
}
