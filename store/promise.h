// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What the store has told others to be durable, in a few bytes beside the database (FORMAT.md). At
// the next opening it shows a log or a manifest that somebody or some disk made shorter.
namespace ecluse::store {

struct Promise {
  uint64_t sequence = 0;  // RocksDB's: all up to here was synced
  uint64_t manifest = 0;  // the number in the manifest's name
  uint64_t manifest_bytes = 0;
  uint32_t manifest_crc = 0;  // over these bytes
  bool operator==(const Promise&) const = default;
};

inline constexpr char kPromiseFile[] = "PROMISED";
// Two slots that are written in turn: a torn one leaves the other.
inline constexpr size_t kPromiseSlot = 512;
inline constexpr size_t kPromiseBytes = 2 * kPromiseSlot;

// `turn` counts the writes; it chooses the slot.
std::string EncodePromise(const Promise& promise, uint64_t turn);

struct TakenPromise {
  Promise promise;
  uint64_t turn = 0;
};
// The newest of the slots that can be read. An error: none can.
absl::StatusOr<TakenPromise> DecodePromise(std::string_view file);

}  // namespace ecluse::store
