// SPDX-License-Identifier: Apache-2.0
// eclused on a slow disk: each sync takes ECLUSE_SYNC_MICROSECONDS longer, 2,000 if nothing is
// said. Takes the arguments of eclused, so that a benchmark may start the one for the other.
#include <rocksdb/env.h>

#include <cstdlib>
#include <memory>

#include "broker/runtime/command_line.h"
#include "store/rocks_parts.h"
#include "tests/support/slow_fs.h"

int main(int argc, char** argv) {
  const char* said = std::getenv("ECLUSE_SYNC_MICROSECONDS");
  const std::chrono::microseconds per_sync(said != nullptr ? std::atol(said) : 2000);
  const std::unique_ptr<rocksdb::Env> env =
      rocksdb::NewCompositeEnv(std::make_shared<ecluse::SlowFs>(per_sync));
  ecluse::store::Seam seam;
  seam.env = env.get();
  return ecluse::RunCommandLine(argc, argv, nullptr, [&](const ecluse::store::RocksOptions& at) {
    return ecluse::store::OpenRocksStore(at, seam);
  });
}
