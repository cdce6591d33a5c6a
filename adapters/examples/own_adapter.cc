// SPDX-License-Identifier: Apache-2.0
// An adapter for an operator that reads whole files in a folder, leaves them there, and puts
// "<name>.answer" beside. Of one that takes them away, a missing file would tell nothing.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/worker.h"
#include "broker/net/keys.h"

namespace fs = std::filesystem;
using namespace ecluse;

class FolderHandler : public Handler {
 public:
  explicit FolderHandler(fs::path folder) : folder_(std::move(folder)) {}

  std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t,
                                 std::string_view content) override {
    const fs::path name = NameOf(envelope);
    std::ofstream file(name.string() + ".part", std::ios::binary);
    // The operator does not look at ".part" files: so far nothing was sent.
    if (!(file << content) || !file.flush())
      return outcome::Deferred{Hindrance::kAdapter, {}, true};
    std::error_code error;
    fs::rename(name.string() + ".part", name, error);
    if (error) return std::nullopt;  // who knows
    return outcome::Accepted{absl::Seconds(30)};
  }
  std::optional<Outcome> Probe(const Envelope& envelope) override {
    const fs::path name = NameOf(envelope);
    if (std::ifstream answer(name.string() + ".answer", std::ios::binary); answer) {
      return outcome::Answered{
          Decision::kOther, "text/plain", {std::istreambuf_iterator<char>(answer), {}}};
    }
    if (fs::exists(name)) return outcome::Accepted{absl::Seconds(30)};
    return outcome::Deferred{Hindrance::kAbsent, {}, false};
  }

 private:
  fs::path NameOf(const Envelope& e) const {
    return folder_ / (e.practice.text + "-" + std::to_string(e.id.value));
  }
  const fs::path folder_;
};

int main(int argc, char** argv) {
  if (argc != 5) return std::fprintf(stderr, "endpoint broker.pub own.key folder\n"), 2;
  const auto broker_key = ReadPublicKey(argv[2]);
  const auto own = ReadKeyPair(argv[3]);
  if (!broker_key.ok() || !own.ok()) return std::fprintf(stderr, "can't read the keys\n"), 2;
  FolderHandler handler(argv[4]);
  WorkerOptions options;
  options.link = {argv[1], *broker_key, own->public_key, own->secret_key};
  options.destinations = {{{"example"}, {"billing"}}};
  auto worker = Worker::Open(options, handler);
  return worker.ok() && (*worker)->Run().ok() ? 0 : 1;
}
