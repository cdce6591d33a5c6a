// SPDX-License-Identifier: Apache-2.0
// eclused on a disk that falls ill in its first ECLUSE_SICK_LIVES lives, 2 if nothing is said, each
// time once the store is open, and is well afterwards. ECLUSE_SICK_SEED chooses what fails.
#include <rocksdb/env.h>

#include <cstdlib>
#include <memory>

#include "broker/runtime/command_line.h"
#include "store/rocks_parts.h"
#include "tests/support/sick_fs.h"

namespace {

uint64_t Said(const char* name, uint64_t otherwise) {
  const char* said = std::getenv(name);
  return said != nullptr ? std::strtoull(said, nullptr, 10) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const auto fs = std::make_shared<ecluse::SickFs>(Said("ECLUSE_SICK_SEED", 1));
  uint64_t sick_lives = Said("ECLUSE_SICK_LIVES", 2);
  const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(fs);
  ecluse::store::Seam seam;
  seam.env = env.get();
  return ecluse::RunCommandLine(argc, argv, nullptr, [&](const ecluse::store::RocksOptions& at) {
    fs->Heal();
    auto store = ecluse::store::OpenRocksStore(at, seam);
    if (store.ok() && sick_lives > 0) {
      --sick_lives;
      fs->Ail({500, 500, 0, 0, 0, false});
    }
    return store;
  });
}
