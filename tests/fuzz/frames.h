// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "proto/codec.h"

// How the fuzzer's bytes become a message: frames follow each other, each after its length in
// three bytes, little end first. A length beyond the end takes what is there.
namespace ecluse::fuzz {

inline Frames ToFrames(const uint8_t* bytes, size_t size) {
  Frames frames;
  while (size >= 3) {
    const size_t said =
        bytes[0] | static_cast<size_t>(bytes[1]) << 8U | static_cast<size_t>(bytes[2]) << 16U;
    const size_t length = said < size - 3 ? said : size - 3;
    frames.emplace_back(bytes + 3, bytes + 3 + length);
    bytes += 3 + length;
    size -= 3 + length;
  }
  return frames;
}

}  // namespace ecluse::fuzz
