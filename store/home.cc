// SPDX-License-Identifier: Apache-2.0
#include "store/home.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

namespace ecluse::store {

namespace {

constexpr size_t kHashBytes = 16;
// As systemd writes it.
constexpr size_t kMachineDigits = 32;

std::string PlaceOf(const std::string& directory) {
  struct statx info {};
  if (statx(AT_FDCWD, directory.c_str(), 0, STATX_INO | STATX_BTIME, &info) != 0) return "";
  if ((info.stx_mask & STATX_INO) == 0) return "";
  const bool born = (info.stx_mask & STATX_BTIME) != 0;
  return fmt::format("{} {} {}", info.stx_ino, born ? info.stx_btime.tv_sec : 0,
                     born ? info.stx_btime.tv_nsec : 0);
}

std::string MachineOf(const std::string& file) {
  std::string id;
  std::ifstream(file) >> id;
  const auto hex = [](unsigned char c) { return std::isxdigit(c) != 0; };
  const bool good = id.size() == kMachineDigits && std::all_of(id.begin(), id.end(), hex);
  return good ? id : "";
}

std::string Hash(const SecretKey& key, std::string_view what, const std::string& text) {
  if (text.empty()) return "";
  return KeyedHash(key, kHashBytes).Add(what).Add(text).Finish();
}

}  // namespace

Home HomeOf(const std::string& directory, const std::string& machine_file, const SecretKey& key) {
  return {Hash(key, "place", PlaceOf(directory)), Hash(key, "machine", MachineOf(machine_file))};
}

bool IsAway(const record::Head& head, const Home& home) {
  const auto differ = [](const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && a != b;
  };
  return differ(head.place, home.place) || differ(head.machine, home.machine);
}

StoreEpoch NextEpoch(StoreEpoch epoch, absl::Time now) {
  const absl::Time start = absl::FromCivil(absl::CivilDay(2024, 1, 1), absl::UTCTimeZone());
  const int64_t minutes = absl::ToInt64Minutes(now - start);
  return std::max<StoreEpoch>(epoch + 1, minutes > 0 ? static_cast<StoreEpoch>(minutes) : 0);
}

}  // namespace ecluse::store
