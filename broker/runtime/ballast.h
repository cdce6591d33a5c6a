// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <string>

namespace ecluse {

// Room on the store's disk that nobody else can eat: a file that is emptied when the disk is
// nearly full, so that what has begun can still be noted, and the store closed and opened. It lies
// beside the store's directory, or in it where that is a file system of its own.
//
// The file itself stays, with or without its room: it is the sign that a store was here.
class Ballast {
 public:
  // As much as an opening of the store writes at most: its logs, once more, as tables.
  static constexpr uint64_t kBytes = uint64_t{64} << 20;

  // One that an earlier process left counts.
  explicit Ballast(const std::string& store_directory);

  // Sets the room aside, or leaves none behind.
  absl::Status Take();
  void GiveBack();
  // Leaves the sign that a store is here. Best effort: without it only a warning tells.
  void Mark() const;
  // Whether the room is set aside.
  bool taken() const { return taken_; }
  // Whether the sign is there.
  bool marked() const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool taken_ = false;
};

}  // namespace ecluse
