// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace ecluse::store {

// The Castagnoli checksum (RFC 3720), by the processor's own instruction where it has one.
uint32_t Crc32c(std::string_view bytes);

// The same, by the processor's instruction or never by it: so that a test can compare both.
uint32_t Crc32cByTable(std::string_view bytes);

}  // namespace ecluse::store
