// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/gzip.h"

#include <absl/status/status.h>
#include <zlib.h>

#include <algorithm>

namespace ecluse::mail {
namespace {

constexpr int kGzipWindow = 15 + 16;
constexpr int kLevel = 6;
constexpr int kMemory = 8;
constexpr unsigned kUnknownSystem = 255;
constexpr size_t kChunk = 64 << 10;

// zlib takes its input as bytes that are not const and does not write to them.
Bytef* In(std::string_view bytes) {
  return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
}
Bytef* Raw(std::string& bytes) { return reinterpret_cast<Bytef*>(bytes.data()); }

}  // namespace

std::string Gzip(std::string_view bytes, const std::string& member) {
  z_stream z{};
  if (deflateInit2(&z, kLevel, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string name = member;
  gz_header header{};
  header.os = kUnknownSystem;
  header.name = Raw(name);
  deflateSetHeader(&z, &header);
  std::string file(deflateBound(&z, bytes.size()) + name.size() + 64, '\0');
  z.next_in = In(bytes);
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = Raw(file);
  z.avail_out = static_cast<uInt>(file.size());
  const int ended = deflate(&z, Z_FINISH);
  file.resize(ended == Z_STREAM_END ? z.total_out : 0);
  deflateEnd(&z);
  return file;
}

bool LooksGzipped(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

absl::StatusOr<std::string> Gunzip(std::string_view file, size_t most) {
  z_stream z{};
  if (inflateInit2(&z, kGzipWindow) != Z_OK) return absl::ResourceExhaustedError("no memory");
  z.next_in = In(file);
  z.avail_in = static_cast<uInt>(file.size());
  std::string bytes;
  int ended = Z_OK;
  while (ended == Z_OK) {
    const size_t before = bytes.size();
    if (before > most) break;
    bytes.resize(before + std::min(kChunk, most + 1 - before));
    z.next_out = Raw(bytes) + before;
    z.avail_out = static_cast<uInt>(bytes.size() - before);
    ended = inflate(&z, Z_NO_FLUSH);
    bytes.resize(bytes.size() - z.avail_out);
  }
  inflateEnd(&z);
  if (bytes.size() > most) return absl::OutOfRangeError("inflates to more than is allowed");
  if (ended != Z_STREAM_END) return absl::InvalidArgumentError("not a whole gzip file");
  return bytes;
}

}  // namespace ecluse::mail
