// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "store/store.h"

namespace ecluse {

// Makes a copy of the store while the broker works. It begins as links on the store's own disk:
// that is its moment, and short. Where backups lie on that disk too it is moved there, and that is
// all. Else a thread carries the files over, and nobody waits for it. One copy at a time.
class Copying {
 public:
  struct Places {
    std::string store;         // the store's directory
    std::string backups = {};  // empty: no copy can be made
  };
  // Told of each file that the thread is about to carry, and given what says that it must end. For
  // tests, which hold it up there.
  using Pause = std::function<void(const std::string& file, const std::atomic<bool>& given_up)>;

  // Removes what a process left that was killed while it copied.
  explicit Copying(Places places, Pause pause = nullptr);
  // Gives up what is under way: neither a part of the copy nor the links are left.
  ~Copying();
  Copying(const Copying&) = delete;
  Copying& operator=(const Copying&) = delete;

  std::string PathOf(const std::string& name) const { return places_.backups + "/" + name; }

  // The moment: what is committed now will be in the copy. AlreadyExists: there is one by that
  // name. After an error all is as it was.
  // REQUIRES: how the one before ended was asked for; no commit meanwhile; `name` is no path.
  absl::Status Begin(const store::Store& store, const std::string& name);

  // How it ended, once it has: OK means complete, and durable. nullopt: it is under way, or that
  // was said before.
  std::optional<absl::Status> Ended();

 private:
  // What is being made in PathOf(name), where only the store's own broker looks.
  std::string PartOf(const std::string& name) const { return PathOf(name) + ".part"; }
  absl::Status Check(const std::string& name) const;
  absl::Status Place(const std::string& name);
  void Run(const std::string& name) noexcept;
  absl::Status Carry(const std::string& name) const;
  // Of all copies: the parts, then the links.
  void Remove() const;
  void RemoveQuietly() const noexcept;

  const Places places_;
  const std::string aside_;
  const Pause pause_;
  std::thread thread_;
  std::atomic<bool> given_up_ = false;
  std::atomic<bool> done_ = false;  // set last, after ended_
  std::optional<absl::Status> ended_;
};

}  // namespace ecluse
