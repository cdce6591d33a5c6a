// SPDX-License-Identifier: Apache-2.0
#include "store/promise.h"

#include "store/crc32c.h"

namespace ecluse::store {

namespace {

// magic, turn, sequence, manifest, its bytes, its crc, crc of all before
constexpr std::string_view kMagic = "ecluseP1";
constexpr size_t kBytes = 8 + 4 * 8 + 2 * 4;

void Put(uint64_t value, int bytes, std::string& to) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i) & 0xff);
}

uint64_t Take(std::string_view from, size_t at, int bytes) {
  uint64_t value = 0;
  for (int i = bytes; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(from[at + static_cast<size_t>(i)]);
  }
  return value;
}

}  // namespace

std::string EncodePromise(const Promise& promise, uint64_t turn) {
  std::string slot(kMagic);
  slot.reserve(kBytes);
  Put(turn, 8, slot);
  Put(promise.sequence, 8, slot);
  Put(promise.manifest, 8, slot);
  Put(promise.manifest_bytes, 8, slot);
  Put(promise.manifest_crc, 4, slot);
  Put(Crc32c(slot), 4, slot);
  return slot;
}

absl::StatusOr<TakenPromise> DecodePromise(std::string_view file) {
  std::optional<TakenPromise> best;
  for (size_t at = 0; at + kBytes <= file.size(); at += kPromiseSlot) {
    const std::string_view slot = file.substr(at, kBytes);
    if (slot.substr(0, 8) != kMagic) continue;
    if (Take(slot, kBytes - 4, 4) != Crc32c(slot.substr(0, kBytes - 4))) continue;
    TakenPromise taken;
    taken.turn = Take(slot, 8, 8);
    taken.promise.sequence = Take(slot, 16, 8);
    taken.promise.manifest = Take(slot, 24, 8);
    taken.promise.manifest_bytes = Take(slot, 32, 8);
    taken.promise.manifest_crc = static_cast<uint32_t>(Take(slot, 40, 4));
    if (!best || taken.turn > best->turn) best = taken;
  }
  if (!best) return absl::DataLossError("it can't be read");
  return *best;
}

}  // namespace ecluse::store
