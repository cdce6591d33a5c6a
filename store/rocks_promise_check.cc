// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "store/crc32c.h"
#include "store/log_walk.h"
#include "store/rocks_parts.h"
#include "store/rocks_promise.h"

namespace ecluse::store {

namespace {

constexpr std::string_view kManifest = "MANIFEST-";

absl::Status CheckManifest(rocksdb::Env& env, const std::string& directory,
                           const Promise& promise) {
  std::string name;
  if (!rocksdb::ReadFileToString(&env, directory + "/CURRENT", &name).ok()) {
    return absl::OkStatus();
  }
  if (!name.starts_with(kManifest) || !name.ends_with('\n')) {
    return absl::DataLossError("its file CURRENT can't be read");
  }
  name.pop_back();
  const uint64_t number = std::strtoull(name.c_str() + kManifest.size(), nullptr, 10);
  if (number < promise.manifest) {
    return absl::DataLossError(fmt::format("its file CURRENT names an older manifest ({}, not {})",
                                           number, promise.manifest));
  }
  if (number > promise.manifest) return absl::OkStatus();
  std::string text;
  const auto read = rocksdb::ReadFileToString(&env, directory + "/" + name, &text);
  if (!read.ok()) return absl::OkStatus();
  if (text.size() < promise.manifest_bytes) {
    return absl::DataLossError(fmt::format("{} has {} bytes, and {} were promised", name,
                                           text.size(), promise.manifest_bytes));
  }
  if (Crc32c(std::string_view(text).substr(0, promise.manifest_bytes)) != promise.manifest_crc) {
    return absl::DataLossError(fmt::format("{} is not what was written", name));
  }
  return absl::OkStatus();
}

absl::StatusOr<LogWalk> Walk(rocksdb::Env& env, const std::string& path) {
  std::unique_ptr<rocksdb::SequentialFile> file;
  rocksdb::Status status = env.NewSequentialFile(path, &file, rocksdb::EnvOptions());
  LogWalk walk;
  std::string room(LogWalk::kBlock, 0);
  for (size_t got = LogWalk::kBlock; status.ok() && got == LogWalk::kBlock;) {
    // A file hands out less than was asked only at its end.
    rocksdb::Slice block;
    status = file->Read(LogWalk::kBlock, &block, room.data());
    got = block.size();
    if (status.ok()) walk.Add(block.data(), got);
  }
  if (!status.ok()) return Failed(status);
  return walk;
}

struct Logs {
  uint64_t last = 0;
  bool strange = false;
};

absl::StatusOr<Logs> WalkAll(rocksdb::Env& env, const std::string& directory) {
  std::vector<std::string> names;
  if (auto status = env.GetChildren(directory, &names); !status.ok()) return Failed(status);
  Logs logs;
  for (const std::string& name : names) {
    if (!name.ends_with(".log")) continue;
    const auto walk = Walk(env, directory + "/" + name);
    if (!walk.ok()) return walk.status();
    if (walk->gap()) {
      return absl::DataLossError(fmt::format("its log {} has a gap before {}", name, walk->last()));
    }
    logs.last = std::max(logs.last, walk->last());
    logs.strange |= walk->strange();
  }
  return logs;
}

}  // namespace

absl::Status CheckPromise(rocksdb::Env& env, const std::string& directory,
                          const std::function<std::optional<uint64_t>()>& look) {
  const std::string path = directory + "/" + kPromiseFile;
  if (env.FileExists(path).IsNotFound()) return absl::OkStatus();
  std::string bytes;
  if (auto status = rocksdb::ReadFileToString(&env, path, &bytes); !status.ok()) {
    return Failed(status);
  }
  const auto taken = DecodePromise(bytes);
  if (!taken.ok()) {
    return absl::DataLossError(
        fmt::format("its file {}: {}", kPromiseFile, std::string(taken.status().message())));
  }
  const Promise& promise = taken->promise;
  if (auto status = CheckManifest(env, directory, promise); !status.ok()) return status;
  const auto logs = WalkAll(env, directory);
  if (!logs.ok()) return logs.status();
  if (logs->last >= promise.sequence && !logs->strange) return absl::OkStatus();
  const std::optional<uint64_t> last = look();
  if (!last || *last >= promise.sequence) return absl::OkStatus();
  return absl::DataLossError(fmt::format(
      "it promised its changes up to {}, and has them up to {} only: its newest log is missing or "
      "was cut",
      promise.sequence, *last));
}

}  // namespace ecluse::store
