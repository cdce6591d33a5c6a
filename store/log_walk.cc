// SPDX-License-Identifier: Apache-2.0
#include "store/log_walk.h"

#include <algorithm>

namespace ecluse::store {

namespace {

// RocksDB's log format: blocks of records `crc:4 bytes:2 type:1 payload`; a payload begins with
// the batch's sequence number and count of keys. Checksums are RocksDB's affair.
constexpr size_t kHeader = 7;
constexpr size_t kBatchHead = 12;
enum Type : unsigned char { kZero = 0, kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

uint64_t Take(const char* from, size_t bytes) {
  uint64_t value = 0;
  while (bytes-- > 0) value = value << 8 | static_cast<unsigned char>(from[bytes]);
  return value;
}

}  // namespace

void LogWalk::Begin(const char* payload, size_t bytes) {
  head_.assign(payload, std::min(bytes, kBatchHead));
}

void LogWalk::Continue(const char* payload, size_t bytes) {
  head_.append(payload, std::min(bytes, kBatchHead - std::min(head_.size(), kBatchHead)));
}

void LogWalk::Finish() {
  if (head_.size() < kBatchHead) {
    strange_ = true;
    return;
  }
  const uint64_t sequence = Take(head_.data(), 8);
  const uint64_t count = Take(head_.data() + 8, 4);
  head_.clear();
  if (count == 0) return;
  if (last_ != 0 && sequence != last_ + 1) gap_ = true;
  if (first_ == 0) first_ = sequence;
  last_ = sequence + count - 1;
}

void LogWalk::Add(const char* block, size_t bytes) {
  for (size_t at = 0; !strange_ && at + kHeader <= bytes;) {
    const size_t length = Take(block + at + 4, 2);
    const auto type = static_cast<unsigned char>(block[at + 6]);
    if (type == kZero && length == 0) return;   // room that was set aside
    if (at + kHeader + length > bytes) return;  // torn
    const char* payload = block + at + kHeader;
    switch (type) {
      case kFull:
        Begin(payload, length);
        Finish();
        break;
      case kFirst:
        Begin(payload, length);
        break;
      case kMiddle:
        Continue(payload, length);
        break;
      case kLast:
        Continue(payload, length);
        Finish();
        break;
      default:
        strange_ = true;
    }
    at += kHeader + length;
  }
}

}  // namespace ecluse::store
