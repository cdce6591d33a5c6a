// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "store/promise.h"
#include "store/rocks_open.h"

namespace ecluse::store {

const char kDamagedAdvice[] =
    "Nothing was changed or deleted. Keep a copy of the directory as it is, run `eclusectl verify` "
    "on the copy, look at the disk, and restore the last backup if there is one";

namespace {

// What an interrupted creation leaves behind, and what a fresh file system brings along.
bool IsHarmless(const std::string& name) {
  const auto begins = [&](const char* with) { return name.rfind(with, 0) == 0; };
  return name == "." || name == ".." || name == "lost+found" || name == "LOCK" ||
         name == "IDENTITY" || name == "BALLAST" || name == "TRIAL" || begins("LOG") ||
         begins("MANIFEST-") || name.ends_with(".dbtmp");
}

bool IsData(const std::string& name) {
  return name.ends_with(".sst") || name.ends_with(".log") || name.ends_with(".blob") ||
         name == kPromiseFile;
}

absl::Status CheckPermission(const std::string& directory) {
  if (access(directory.c_str(), R_OK | W_OK | X_OK) == 0) return absl::OkStatus();
  return absl::PermissionDeniedError(fmt::format(
      "the store {} may not be read and written by this user ({}). Give the directory and all in "
      "it to the service's user",
      directory, std::strerror(errno)));
}

}  // namespace

absl::StatusOr<Place> Inspect(const RocksOptions& options, rocksdb::Env* env) {
  const std::string& directory = options.directory;
  if (!env->FileExists(directory).ok()) return Place::kEmpty;
  std::error_code error;
  if (!std::filesystem::is_directory(directory, error)) {
    return absl::FailedPreconditionError(
        fmt::format("{} is not a directory: the store needs one of its own", directory));
  }
  if (auto status = CheckPermission(directory); !status.ok()) return status;
  std::vector<std::string> names;
  if (auto status = env->GetChildren(directory, &names); !status.ok()) {
    return Explain(options, status);
  }
  if (std::find(names.begin(), names.end(), "CURRENT") != names.end()) return Place::kStore;
  if (std::any_of(names.begin(), names.end(), IsData)) {
    return absl::DataLossError(
        fmt::format("the store {} is damaged: it has data, but its file CURRENT is missing. {}",
                    directory, kDamagedAdvice));
  }
  if (!std::all_of(names.begin(), names.end(), IsHarmless)) {
    return absl::FailedPreconditionError(fmt::format(
        "the directory {} holds other files and no store. Choose an empty directory", directory));
  }
  return Place::kEmpty;
}

absl::Status MakeDirectory(const std::string& directory, rocksdb::Env* env) {
  std::filesystem::path path(directory);
  if (!path.has_filename()) path = path.parent_path();
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    return absl::FailedPreconditionError(
        fmt::format("the directory {} can't be made: {}", directory, std::strerror(errno)));
  }
  const std::string parent = path.has_parent_path() ? path.parent_path().string() : ".";
  std::unique_ptr<rocksdb::Directory> entry;
  rocksdb::Status status = env->NewDirectory(parent, &entry);
  if (status.ok()) status = entry->Fsync();
  if (!status.ok()) {
    return absl::UnavailableError(
        fmt::format("the directory {} can't be made durable: {}", directory, status.ToString()));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> CheckFamilies(const RocksOptions& options, rocksdb::Env* env) {
  std::vector<std::string> names;
  rocksdb::DBOptions plain;
  plain.env = env;
  const auto status = rocksdb::DB::ListColumnFamilies(plain, options.directory, &names);
  if (!status.ok()) return Explain(options, status);
  size_t known = 0;
  for (const auto& name : names) {
    if (std::find(kFamilyNames.begin(), kFamilyNames.end(), name) == kFamilyNames.end()) {
      return absl::FailedPreconditionError(fmt::format(
          "the store {} has a part that this version does not know ({}): a newer version wrote it, "
          "or another program. Start that version, or choose another directory",
          options.directory, name));
    }
    ++known;
  }
  if (known == kFamilies) return true;

  std::vector<rocksdb::ColumnFamilyDescriptor> there;
  for (const auto& name : names) there.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const auto look =
      rocksdb::DB::OpenForReadOnly(plain, options.directory, there, &handles, &opened);
  if (!look.ok()) return Explain(options, look);
  const bool untouched = opened->GetLatestSequenceNumber() == 0;
  for (auto* handle : handles) opened->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  delete opened;
  if (untouched) return false;
  return absl::FailedPreconditionError(
      fmt::format("{} holds a database that is not a store of ours, or that lost a part. If it is "
                  "ours, it is damaged: {}",
                  options.directory, kDamagedAdvice));
}

absl::Status Explain(const RocksOptions& options, const rocksdb::Status& status) {
  const std::string text = status.ToString();
  const auto says = [&](const char* what) { return text.find(what) != std::string::npos; };
  if (status.IsIOError() && (says("lock file") || says("lock hold"))) {
    return absl::FailedPreconditionError(fmt::format(
        "the store {} is open in another process. Only one may use it: stop that one first ({})",
        options.directory, text));
  }
  if (says("Permission denied")) {
    return absl::PermissionDeniedError(fmt::format(
        "the store {} may not be read and written by this user. Give the directory and all in it "
        "to the service's user ({})",
        options.directory, text));
  }
  if (status.IsNoSpace() || says("No space left")) {
    return absl::ResourceExhaustedError(fmt::format(
        "there is no room on the disk of the store {}: make some ({})", options.directory, text));
  }
  if (status.IsIOError() && !says("No such file")) {
    return absl::UnavailableError(
        fmt::format("the disk of the store {} failed: {}. Look at the disk and at the system's log",
                    options.directory, text));
  }
  return absl::DataLossError(
      fmt::format("the store {} is damaged: {}. {}", options.directory, text, kDamagedAdvice));
}

}  // namespace ecluse::store
