// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/orders.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

namespace ecluse::crash {

absl::StatusOr<Orders*> MapOrders(const std::string& path) {
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return absl::ErrnoToStatus(errno, path);
  void* at = MAP_FAILED;
  if (ftruncate(fd, sizeof(Orders)) == 0) {
    at = mmap(nullptr, sizeof(Orders), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  }
  const int error = errno;
  close(fd);
  if (at == MAP_FAILED) return absl::ErrnoToStatus(error, path);
  // A new file is zeros, which is what an Orders is made of; an old one keeps what it says.
  return static_cast<Orders*>(at);
}

}  // namespace ecluse::crash
