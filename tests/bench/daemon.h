// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "broker/net/keys.h"

namespace ecluse::bench {

// A real eclused process on a real directory, with the keys of its peers.
class Daemon {
 public:
  static constexpr int kPractices = 64;

  // Makes `folder` anew with configuration, keys and peers. Does not start.
  Daemon(std::string program, std::string folder);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  // Returns once it is ready to hear.
  void Start();
  // Returns once the process is there; it may not hear yet.
  void StartWithoutWaiting();
  void Kill();

  LinkOptions PracticeLink(int practice) const;
  LinkOptions AdapterLink() const;

  uint64_t ResidentBytes() const;
  uint64_t StoreBytes() const;

 private:
  void Write(const std::string& name, const std::string& text) const;
  LinkOptions LinkFor(const KeyPair& pair) const;

  std::string program_;
  std::string folder_;
  std::string endpoint_;
  KeyPair broker_;
  KeyPair adapter_;
  std::vector<KeyPair> practices_;
  pid_t pid_ = 0;
};

}  // namespace ecluse::bench
