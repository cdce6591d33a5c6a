// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "store/files.h"
#include "store/restore.h"
#include "store/rocks_open.h"
#include "store/verify.h"

namespace ecluse::store {

namespace {

namespace fs = std::filesystem;

constexpr char kStaging[] = "restoring.part";
constexpr size_t kFindingsTold = 5;

absl::Status CheckPlaces(const std::string& backup, const std::string& store) {
  std::error_code error;
  if (!fs::exists(backup + "/CURRENT", error)) {
    return absl::NotFoundError(fmt::format("there is no backup in {}", backup));
  }
  if (LiesIn(backup, store) || LiesIn(store, backup)) {
    return absl::FailedPreconditionError(
        fmt::format("{} and {} lie in each other: a backup is restored elsewhere", backup, store));
  }
  if (!fs::exists(store, error)) {
    if (fs::is_directory(ParentOf(store), error)) return absl::OkStatus();
    return absl::NotFoundError(fmt::format("{} is no directory: make it first", ParentOf(store)));
  }
  const bool empty = fs::is_directory(store, error) && fs::is_empty(store, error);
  if (empty && !error) return absl::OkStatus();
  return absl::AlreadyExistsError(fmt::format(
      "{} is not empty. Move what is there out of the way: a restore never writes over a store",
      store));
}

// A backup has no lock file; the store of a broker has one, and may be in use.
absl::Status CheckNotInUse(const std::string& backup) {
  rocksdb::Env* env = rocksdb::Env::Default();
  const std::string file = backup + "/LOCK";
  if (!env->FileExists(file).ok()) return absl::OkStatus();
  rocksdb::FileLock* lock = nullptr;
  if (auto status = env->LockFile(file, &lock); !status.ok()) {
    return absl::FailedPreconditionError(
        fmt::format("{} is in use, or can't be locked ({}). Make a backup of it and restore that",
                    backup, status.ToString()));
  }
  env->UnlockFile(lock).PermitUncheckedError();
  return absl::OkStatus();
}

bool IsPart(const std::string& name) {
  return name != "LOCK" && name != "BALLAST" && name != "TRIAL" && name.rfind("LOG", 0) != 0 &&
         !name.ends_with(".dbtmp");
}

absl::Status CopyAll(const std::string& from, const std::string& to) {
  std::error_code error;
  for (fs::directory_iterator it(from, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename();
    if (!it->is_regular_file(error) || !IsPart(name)) continue;
    if (auto status = CopyFile(it->path(), to + "/" + name); !status.ok()) return status;
  }
  return error ? SystemError(from + " can't be listed", error.value()) : absl::OkStatus();
}

absl::Status Check(const RocksOptions& options, const std::string& backup) {
  std::string told;
  size_t findings = 0;
  const auto checked = VerifyStore(options, [&](const Finding& finding) {
    if (++findings <= kFindingsTold) told += fmt::format("\n  {}: {}", finding.where, finding.what);
  });
  if (!checked.ok()) return checked.status();
  if (findings == 0) return absl::OkStatus();
  return absl::DataLossError(
      fmt::format("the backup {} is damaged, {} findings:{}", backup, findings, told));
}

absl::Status Mark(const RocksOptions& options) {
  auto database = OpenDatabase(options, Seam(), Access::kRestore);
  if (!database.ok()) return database.status();
  (*database)->head.restored = true;
  return WriteHead(**database);
}

// The file that makes a database of the others comes last.
absl::Status MoveUp(const std::string& staging, const std::string& store, uid_t user, gid_t group) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(staging, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename() != "CURRENT") names.push_back(it->path().filename());
  }
  if (error) return SystemError(staging + " can't be listed", error.value());
  names.push_back("CURRENT");
  for (const std::string& name : names) {
    const std::string from = staging + "/" + name;
    if (geteuid() == 0 && chown(from.c_str(), user, group) != 0) {
      return SystemError(from + " can't be given to the store's user", errno);
    }
    if (name == "CURRENT") {
      if (auto status = SyncPath(store); !status.ok()) return status;
    }
    if (std::rename(from.c_str(), (store + "/" + name).c_str()) != 0) {
      return SystemError(name + " can't be put in its place", errno);
    }
  }
  return SyncPath(store);
}

absl::Status Make(const std::string& backup, const std::string& store,
                  const std::string& master_key_file) {
  struct stat owner {};
  if (stat(store.c_str(), &owner) != 0) return SystemError(store, errno);
  const std::string staging = store + "/" + kStaging;
  if (mkdir(staging.c_str(), 0700) != 0) return SystemError(staging + " can't be made", errno);
  const RocksOptions options{staging, master_key_file, false};
  if (auto status = CopyAll(backup, staging); !status.ok()) return status;
  if (auto status = Check(options, backup); !status.ok()) return status;
  if (auto status = Mark(options); !status.ok()) return status;
  if (auto status = SyncAll(staging); !status.ok()) return status;
  if (auto status = MoveUp(staging, store, owner.st_uid, owner.st_gid); !status.ok()) return status;
  if (rmdir(staging.c_str()) != 0) return SystemError(staging + " can't be removed", errno);
  return SyncPath(store);
}

void RemoveContents(const std::string& directory) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(directory, error)) paths.push_back(entry.path());
  for (const auto& path : paths) fs::remove_all(path, error);
}

}  // namespace

absl::Status RestoreStore(const std::string& backup_directory, const std::string& store_directory,
                          const std::string& master_key_file) {
  if (auto status = CheckPlaces(backup_directory, store_directory); !status.ok()) return status;
  if (auto status = CheckNotInUse(backup_directory); !status.ok()) return status;
  const bool made = mkdir(store_directory.c_str(), 0700) == 0;
  if (!made && errno != EEXIST) return SystemError(store_directory + " can't be made", errno);
  absl::Status status = Make(backup_directory, store_directory, master_key_file);
  if (status.ok() && made) status = SyncPath(ParentOf(store_directory));
  if (status.ok()) return status;
  RemoveContents(store_directory);
  if (made) rmdir(store_directory.c_str());
  return status;
}

}  // namespace ecluse::store
