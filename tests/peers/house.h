// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "broker/net/keys.h"
#include "tests/support/programs/process.h"

namespace ecluse::peers {

// A real broker with a store, and the keys of all who may speak to it. What goes wrong here ends
// the program: nothing can be tested then.
class House {
 public:
  static constexpr char kOperator[] = "memory";
  static constexpr char kService[] = "authorisation";

  // Makes `folder` anew, and removes it at the end: it must be the caller's own. Does not start.
  House(std::string program, std::string folder, int practices);
  ~House();

  // Returns once it hears; on the same port as before.
  void Start();
  void Kill() { broker_.Kill(); }
  void Stop() { broker_.Stop(absl::Seconds(30)); }
  bool Alive() { return broker_.Alive(); }
  std::string LogTail() const { return broker_.LogTail(); }

  LinkOptions Practice(int number) const;
  LinkOptions Adapter() const { return LinkOf(adapter_); }
  const std::string& endpoint() const { return endpoint_; }
  static std::string Finess(int practice);
  static std::string Name(int practice);

  // Of the broker's process, now.
  size_t OpenFiles() const;
  uint64_t ResidentBytes() const { return Status("VmRSS"); }
  uint64_t PeakBytes() const { return Status("VmHWM"); }
  double CpuSeconds() const;

 private:
  LinkOptions LinkOf(const KeyPair& pair) const;
  uint64_t Status(const std::string& field) const;

  std::string folder_;
  std::string endpoint_;
  KeyPair broker_key_;
  KeyPair adapter_;
  std::vector<KeyPair> practices_;
  programs::Process broker_;
};

[[noreturn]] void GiveUp(const std::string& why);

// As many open files as the machine allows.
void RaiseFileLimit();

}  // namespace ecluse::peers
