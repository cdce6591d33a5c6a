// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/ledger.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

namespace ecluse {

absl::StatusOr<std::unique_ptr<Ledger>> Ledger::Open(const std::string& path) {
  auto before = ReadLedger(path);
  if (!before.ok()) return before.status();
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return absl::UnavailableError("can't open " + path);
  off_t whole = 0;
  for (const Acceptance& a : before->accepted) whole += static_cast<off_t>(ToLine(a).size());
  if (::lseek(fd, 0, SEEK_END) > whole && ::ftruncate(fd, whole) != 0) {
    ::close(fd);
    return absl::UnavailableError("can't cut the torn last line off " + path);
  }
  return std::unique_ptr<Ledger>(new Ledger(fd, *std::move(before)));
}

Ledger::~Ledger() { ::close(fd_); }

absl::Status Ledger::Append(const Acceptance& acceptance) {
  const std::string line = ToLine(acceptance);
  const ssize_t put = ::write(fd_, line.data(), line.size());
  if (put != static_cast<ssize_t>(line.size()) || ::fdatasync(fd_) != 0) {
    return absl::UnavailableError("can't write the ledger");
  }
  return absl::OkStatus();
}

}  // namespace ecluse
