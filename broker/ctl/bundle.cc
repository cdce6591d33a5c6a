// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/bundle.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "broker/ctl/json_parts.h"
#include "broker/ctl/when.h"
#include "proto/texts.h"

namespace ecluse::ctl {
namespace {

constexpr const char* kMark = "job";
constexpr const char* kIndex = "index.jsonl";

absl::Status Failed(const std::string& what) {
  return absl::UnavailableError(what + ": " + std::strerror(errno));
}

std::string Digest(const std::string& bytes) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  std::string hex;
  for (const unsigned char byte : hash) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

absl::Status WriteAll(int file, const std::string& bytes, const std::string& name) {
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t n = ::write(file, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return Failed(name);
    done += static_cast<size_t>(n);
  }
  return ::fsync(file) == 0 ? absl::OkStatus() : Failed(name);
}

absl::StatusOr<std::string> ReadAll(int file, const std::string& name) {
  std::string bytes;
  char chunk[1 << 16];
  for (;;) {
    const ssize_t n = ::read(file, chunk, sizeof chunk);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Failed(name);
    if (n == 0) return bytes;
    bytes.append(chunk, static_cast<size_t>(n));
  }
}

absl::Status Write(const std::string& path, const std::string& bytes, int flags) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
  if (file < 0) return Failed(path);
  absl::Status status = WriteAll(file, bytes, path);
  if (::close(file) != 0 && status.ok()) status = Failed(path);
  return status;
}

// Whole or not at all, also after a crash.
absl::Status Replace(const std::string& path, const std::string& bytes) {
  const std::string part = path + ".part";
  if (absl::Status status = Write(part, bytes, O_TRUNC); !status.ok()) return status;
  return ::rename(part.c_str(), path.c_str()) == 0 ? absl::OkStatus() : Failed(path);
}

JsonObject EntryOf(const wire::FetchResult::Row& row, const std::string& digest) {
  const std::string number = std::to_string(row.request.value);
  JsonObject entry;
  entry["number"] = row.request.value;
  entry["practice"] = row.practice.text;
  entry["finess"] = row.finess;
  entry["reference"] = row.reference;
  entry["destination"] = ToString(row.destination);
  entry["kind"] = NameOf(row.kind);
  entry["format"] = row.format;
  entry["deposited"] = Iso(row.deposited_at);
  entry["sha256"] = digest;
  entry["file"] = number;
  return entry;
}

// Quoted. A spreadsheet would take some first characters for a formula: a mark goes before them.
std::string Cell(const JsonObject& value) {
  std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  if (!text.empty() && std::strchr("=+-@\t\r", text.front()) != nullptr) text.insert(0, "'");
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + "\"";
}

// New, or left there by the same job.
absl::Status Claim(const std::string& directory, JobId job) {
  const std::string mark = "ecluse export, job " + std::to_string(job.value) + "\n";
  const std::string path = directory + "/" + kMark;
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return Failed(directory);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file >= 0) {
    const absl::StatusOr<std::string> found = ReadAll(file, path);
    ::close(file);
    if (!found.ok()) return found.status();
    if (*found == mark) return absl::OkStatus();
    return absl::AlreadyExistsError(directory + " is of another job");
  }
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.path().filename() == std::string(kMark) + ".part") continue;
    return absl::AlreadyExistsError(directory + " is there and is not of this job");
  }
  if (error) return absl::UnavailableError(directory + ": " + error.message());
  if (::chmod(directory.c_str(), 0700) != 0) return Failed(directory);
  return Replace(path, mark);
}

}  // namespace

absl::StatusOr<std::map<RequestId, std::string>> ParseIndex(const std::string& lines,
                                                            const std::string& path) {
  std::map<RequestId, std::string> digests;
  for (size_t at = 0; at < lines.size();) {
    const size_t end = std::min(lines.find('\n', at), lines.size());
    const auto entry =
        JsonObject::parse(lines.begin() + static_cast<std::ptrdiff_t>(at),
                          lines.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
    const bool fits = entry.is_object() && entry.contains("number") && entry.contains("sha256") &&
                      entry["number"].is_number_unsigned() && entry["sha256"].is_string();
    if (!fits) return absl::DataLossError(path + " is damaged");
    digests[RequestId{entry["number"].get<uint64_t>()}] = entry["sha256"].get<std::string>();
    at = end + 1;
  }
  return digests;
}

absl::Status WriteNewFile(const std::string& path, const std::string& bytes) {
  return Write(path, bytes, O_EXCL);
}

Bundle::Bundle(std::string directory, int index, int folder)
    : directory_(std::move(directory)), index_(index), folder_(folder) {}

Bundle::~Bundle() {
  if (index_ >= 0) ::close(index_);
  if (folder_ >= 0) ::close(folder_);
}

absl::StatusOr<std::unique_ptr<Bundle>> Bundle::Open(const std::string& directory, JobId job) {
  std::string path = directory;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  if (absl::Status status = Claim(path, job); !status.ok()) return status;
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const int index = ::openat(folder, kIndex, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  std::unique_ptr<Bundle> bundle(new Bundle(path, index, folder));
  if (folder < 0 || index < 0) return Failed(path);
  // The folder itself must be there after a crash, and so must its parent's entry.
  const std::string parent = std::filesystem::absolute(path).parent_path().string();
  const int above = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = above >= 0 && ::fsync(above) == 0 && ::fsync(folder) == 0;
  if (above >= 0) ::close(above);
  if (!synced) return Failed(path);
  if (absl::Status status = bundle->Load(); !status.ok()) return status;
  return bundle;
}

absl::Status Bundle::Load() {
  absl::StatusOr<std::string> all = ReadAll(index_, kIndex);
  if (!all.ok()) return all.status();
  // A crash may have torn the last line: what it told of is written again.
  const size_t whole = all->rfind('\n') == std::string::npos ? 0 : all->rfind('\n') + 1;
  if (whole < all->size() && ::ftruncate(index_, static_cast<off_t>(whole)) != 0) {
    return Failed(kIndex);
  }
  lines_ = all->substr(0, whole);
  auto digests = ParseIndex(lines_, directory_ + "/" + kIndex);
  if (!digests.ok()) return digests.status();
  digests_ = *std::move(digests);
  return absl::OkStatus();
}

absl::Status Bundle::WriteContent(const wire::FetchResult::Row& row, const std::string& digest) {
  const auto known = digests_.find(row.request);
  if (known != digests_.end() && known->second != digest) {
    return absl::DataLossError("request " + std::to_string(row.request.value) +
                               " is in the index with other bytes");
  }
  return Replace(directory_ + "/" + std::to_string(row.request.value), row.content);
}

absl::Status Bundle::Add(const std::vector<wire::FetchResult::Row>& rows) {
  std::string more;
  std::vector<std::pair<RequestId, std::string>> added;
  for (const wire::FetchResult::Row& row : rows) {
    const std::string digest = Digest(row.content);
    if (absl::Status status = WriteContent(row, digest); !status.ok()) return status;
    if (digests_.contains(row.request)) continue;
    more += JsonLine(EntryOf(row, digest));
    added.emplace_back(row.request, digest);
  }
  // Files first: the index never tells of a file that a crash could take.
  if (::fsync(folder_) != 0) return Failed(directory_);
  if (absl::Status status = WriteAll(index_, more, kIndex); !status.ok()) return status;
  lines_ += more;
  digests_.insert(added.begin(), added.end());
  return absl::OkStatus();
}

std::vector<uint64_t> Bundle::Strays() const {
  std::vector<uint64_t> strays;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory_, error)) {
    const std::string name = entry.path().stem().string();
    if (name.empty() || name.find_first_not_of("0123456789") != std::string::npos) continue;
    const RequestId id{std::strtoull(name.c_str(), nullptr, 10)};
    if (!digests_.contains(id)) strays.push_back(id.value);
  }
  std::sort(strays.begin(), strays.end());
  return strays;
}

std::string Bundle::Proof() const {
  return std::filesystem::path(directory_).filename().string() + "/" + kIndex + ", its first " +
         std::to_string(lines_.size()) + " bytes, sha256 " + Digest(lines_);
}

absl::Status Bundle::WriteCsv() const {
  std::string csv =
      "number,practice,finess,reference,destination,kind,format,deposited,sha256,file\r\n";
  for (size_t at = 0; at < lines_.size();) {
    const size_t end = lines_.find('\n', at);
    const auto entry = JsonObject::parse(lines_.substr(at, end - at), nullptr, false);
    std::string line;
    for (const auto& [name, value] : entry.items()) line += (line.empty() ? "" : ",") + Cell(value);
    csv += line + "\r\n";
    at = end + 1;
  }
  if (absl::Status status = Replace(directory_ + "/index.csv", csv); !status.ok()) return status;
  return ::fsync(folder_) == 0 ? absl::OkStatus() : Failed(directory_);
}

}  // namespace ecluse::ctl
