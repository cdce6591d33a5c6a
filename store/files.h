// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <functional>
#include <string>
#include <utility>

// Directories of files made durable, for backup and restore.
namespace ecluse::store {

// In a store's directory: a folder where a copy of it begins as links, which reach no other disk.
// Nothing of the store is in it.
inline constexpr char kAside[] = "ASIDE";

// Why the last call of the system failed.
absl::Status SystemError(const std::string& what, int error);

// Syncs a file or a directory.
absl::Status SyncPath(const std::string& path);

// Syncs every file in `directory`, and then the directory.
absl::Status SyncAll(const std::string& directory);

// Copies the bytes of a file into a new one, mode 0600, synced. Never a link: what happens to one
// must not happen to the other. Cancelled, with a part of the file there, once `go_on` says no.
absl::Status CopyFile(const std::string& from, const std::string& to,
                      const std::function<bool()>& go_on = nullptr);

// Gives what is complete its name, which must be free. 0, or why not, as the system says it:
// EXDEV is another disk.
int Rename(const std::string& from, const std::string& to);

// The directory of a path; "." if it names none.
std::string ParentOf(const std::string& path);

// Whether one is the other, or lies in it.
bool LiesIn(const std::string& path, const std::string& directory);

// Removes what was made and not finished, when it goes; not after Keep().
class Unfinished {
 public:
  explicit Unfinished(std::string path) : path_(std::move(path)) {}
  ~Unfinished();
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  void Keep() { keep_ = true; }

 private:
  std::string path_;
  bool keep_ = false;
};

}  // namespace ecluse::store
