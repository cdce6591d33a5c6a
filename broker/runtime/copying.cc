// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/copying.h"

#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <system_error>
#include <utility>

#include "store/files.h"

namespace ecluse {

namespace fs = std::filesystem;

namespace {

std::string WithoutSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

Copying::Copying(Places places, Pause pause)
    : places_{WithoutSlash(std::move(places.store)), WithoutSlash(std::move(places.backups))},
      // In the store's directory and not beside it: links don't leave a mount.
      aside_(places_.store + "/" + store::kAside),
      pause_(std::move(pause)) {
  Remove();
}

Copying::~Copying() {
  if (!thread_.joinable()) return;
  given_up_ = true;
  given_up_.notify_all();
  thread_.join();
  if (!ended_->ok()) spdlog::warn("a backup was given up, because the broker does not go on");
}

absl::Status Copying::Check(const std::string& name) const {
  if (places_.backups.empty()) return absl::FailedPreconditionError("there is no place for it");
  std::error_code error;
  if (fs::exists(fs::symlink_status(PathOf(name), error))) {
    return absl::AlreadyExistsError("there is one by that name");
  }
  if (!fs::is_directory(places_.backups, error)) {
    return absl::NotFoundError(places_.backups + " is no directory: make it first");
  }
  if (!store::LiesIn(places_.backups, places_.store)) return absl::OkStatus();
  return absl::FailedPreconditionError(places_.backups + " lies inside the store");
}

absl::Status Copying::Begin(const store::Store& store, const std::string& name) {
  if (auto status = Check(name); !status.ok()) return status;
  Remove();
  if (mkdir(aside_.c_str(), 0700) != 0) {
    return store::SystemError(aside_ + " can't be made", errno);
  }
  absl::Status status = store.Backup(aside_ + "/" + name);
  if (status.ok()) status = Place(name);
  if (!status.ok()) Remove();
  return status;
}

absl::Status Copying::Place(const std::string& name) {
  const int error = store::Rename(aside_ + "/" + name, PathOf(name));
  if (error == 0) {
    Remove();
    ended_ = store::SyncPath(places_.backups);
    done_ = true;
    return absl::OkStatus();
  }
  if (error != EXDEV) return store::SystemError(PathOf(name) + " can't be made", error);
  try {
    thread_ = std::thread([this, name] { Run(name); });
  } catch (const std::system_error& failed) {
    return absl::UnavailableError(failed.what());
  }
  return absl::OkStatus();
}

std::optional<absl::Status> Copying::Ended() {
  if (!done_) return std::nullopt;
  if (thread_.joinable()) thread_.join();
  done_ = false;
  const absl::Status ended = *std::exchange(ended_, std::nullopt);
  if (ended.ok() || !ended.message().empty()) return ended;
  return absl::ResourceExhaustedError("there was no memory for it");
}

void Copying::Run(const std::string& name) noexcept {
  // Signals are for the thread that waits for them.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  // What is thrown here speaks of memory, and leaves none for words.
  absl::Status carried(absl::StatusCode::kResourceExhausted, "");
  try {
    carried = Carry(name);
    Remove();
  } catch (...) {
    RemoveQuietly();
  }
  ended_ = std::move(carried);
  done_ = true;
}

absl::Status Copying::Carry(const std::string& name) const {
  const std::string part = PartOf(name);
  if (mkdir(part.c_str(), 0700) != 0) return store::SystemError(part + " can't be made", errno);
  store::Unfinished unfinished(part);
  const auto go_on = [this] { return !given_up_; };
  std::error_code error;
  for (fs::directory_iterator it(aside_ + "/" + name, error), end; !error && it != end;
       it.increment(error)) {
    const std::string file = it->path().filename();
    if (pause_) pause_(file, given_up_);
    const absl::Status copied = store::CopyFile(it->path(), part + "/" + file, go_on);
    if (!copied.ok()) return copied;
  }
  if (error) return store::SystemError(aside_ + " can't be listed", error.value());
  if (auto status = store::SyncPath(part); !status.ok()) return status;
  if (const int refused = store::Rename(part, PathOf(name)); refused != 0) {
    return store::SystemError(PathOf(name) + " can't be made", refused);
  }
  unfinished.Keep();
  return store::SyncPath(places_.backups);
}

// What stays now is removed before the next copy, or at the next start.
void Copying::RemoveQuietly() const noexcept {
  try {
    Remove();
  } catch (...) {
    return;
  }
}

void Copying::Remove() const {
  std::error_code error;
  if (!fs::exists(aside_, error)) return;
  if (!places_.backups.empty()) {
    for (fs::directory_iterator it(aside_, error), end; !error && it != end; it.increment(error)) {
      std::error_code unused;
      fs::remove_all(PartOf(it->path().filename()), unused);
    }
  }
  fs::remove_all(aside_, error);
}

}  // namespace ecluse
