// SPDX-License-Identifier: Apache-2.0
#include "broker/net/keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace ecluse {
namespace {

constexpr size_t kKeyCharacters = 40;
constexpr size_t kMostFileBytes = 4096;

absl::Status Refused(const std::string& path, const std::string& rule) {
  return absl::InvalidArgumentError(path + ": " + rule);
}

std::string SystemError() { return std::strerror(errno); }

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  int fd() const { return fd_; }

 private:
  int fd_;
};

// systemd hands a credential to a service by an access list, which shows as a group-readable
// mode though nobody else can enter the directory.
bool IsSystemdCredential(const std::string& path) {
  const char* directory = std::getenv("CREDENTIALS_DIRECTORY");
  return directory != nullptr && path.starts_with(std::string(directory) + "/");
}

absl::StatusOr<std::string> ReadText(const std::string& path, bool secret) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.fd() < 0) return absl::NotFoundError(path + ": " + SystemError());
  struct stat info = {};
  if (fstat(file.fd(), &info) != 0) return Refused(path, SystemError());
  if (!S_ISREG(info.st_mode)) return Refused(path, "is not a file");
  if (secret && (info.st_mode & 077) != 0 && !IsSystemdCredential(path)) {
    return absl::PermissionDeniedError(
        path + ": others than its owner may read this secret key: chmod 600 it");
  }
  std::array<char, kMostFileBytes + 1> buffer = {};
  size_t length = 0;
  while (length < buffer.size()) {
    const ssize_t n = read(file.fd(), buffer.data() + length, buffer.size() - length);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Refused(path, SystemError());
    if (n == 0) break;
    length += static_cast<size_t>(n);
  }
  if (length > kMostFileBytes) return Refused(path, "is too long for a key file");
  return std::string(buffer.data(), length);
}

std::string Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

// Takes `name = "key"` apart into the half of the pair it names.
absl::Status ReadLine(const std::string& line, KeyPair& pair) {
  const size_t equals = line.find('=');
  if (equals == std::string::npos) return absl::InvalidArgumentError("expected name = \"key\"");
  const std::string name = Trimmed(std::string_view(line).substr(0, equals));
  const std::string value = Trimmed(std::string_view(line).substr(equals + 1));
  if (name != "public" && name != "secret") {
    return absl::InvalidArgumentError("only `public` and `secret` are known here");
  }
  std::string& half = name == "public" ? pair.public_key : pair.secret_key;
  if (!half.empty()) return absl::InvalidArgumentError("`" + name + "` is there twice");
  if (value.size() < 2 || value.front() != '"' || value.back() != '"' ||
      !IsKey(value.substr(1, value.size() - 2))) {
    return absl::InvalidArgumentError("`" + name + "` is not a key: 40 characters of Z85 in \"…\"");
  }
  half = value.substr(1, value.size() - 2);
  return absl::OkStatus();
}

absl::StatusOr<KeyPair> ReadLines(const std::string& path, const std::string& text) {
  KeyPair pair;
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = Trimmed(std::string_view(text).substr(at, end - at));
    at = end + 1;
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (const absl::Status status = ReadLine(line, pair); !status.ok()) {
      return Refused(path + ":" + std::to_string(number), std::string(status.message()));
    }
  }
  return pair;
}

absl::Status WriteNew(const std::string& path, mode_t mode, const std::string& text) {
  const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.fd() < 0 && errno == EEXIST) {
    return absl::AlreadyExistsError(path + ": exists already, and a key is never written over");
  }
  if (file.fd() < 0) return Refused(path, SystemError());
  size_t written = 0;
  while (written < text.size()) {
    const ssize_t n = write(file.fd(), text.data() + written, text.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Refused(path, SystemError());
    written += static_cast<size_t>(n);
  }
  if (fchmod(file.fd(), mode) != 0 || fsync(file.fd()) != 0) return Refused(path, SystemError());
  return absl::OkStatus();
}

}  // namespace

bool IsKey(const std::string& text) {
  if (text.size() != kKeyCharacters) return false;
  std::array<uint8_t, 32> bytes = {};
  return zmq_z85_decode(bytes.data(), text.c_str()) != nullptr;
}

absl::StatusOr<KeyPair> MakeKeyPair() {
  std::array<char, kKeyCharacters + 1> public_key = {};
  std::array<char, kKeyCharacters + 1> secret_key = {};
  // Drawn anew while it begins like an option: people pass public keys on command lines.
  do {
    if (zmq_curve_keypair(public_key.data(), secret_key.data()) != 0) {
      return absl::InternalError("this libzmq was built without CURVE");
    }
  } while (public_key.front() == '-');
  return KeyPair{public_key.data(), secret_key.data()};
}

absl::StatusOr<KeyPair> ReadKeyPair(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadText(path, true);
  if (!text.ok()) return text.status();
  return ParseKeyPair(*text, path);
}

absl::StatusOr<KeyPair> ParseKeyPair(const std::string& text, const std::string& path) {
  absl::StatusOr<KeyPair> pair = ReadLines(path, text);
  if (!pair.ok()) return pair;
  if (pair->public_key.empty() || pair->secret_key.empty()) {
    return Refused(path, "a key file has both `public` and `secret`");
  }
  std::array<char, kKeyCharacters + 1> derived = {};
  if (zmq_curve_public(derived.data(), pair->secret_key.c_str()) != 0 ||
      pair->public_key != derived.data()) {
    return Refused(path, "`public` and `secret` are not of one pair");
  }
  return pair;
}

absl::StatusOr<std::string> ReadPublicKey(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadText(path, false);
  if (!text.ok()) return text.status();
  return ParsePublicKey(*text, path);
}

absl::StatusOr<std::string> ParsePublicKey(const std::string& text, const std::string& path) {
  const absl::StatusOr<KeyPair> pair = ReadLines(path, text);
  if (!pair.ok()) return pair.status();
  if (pair->public_key.empty()) return Refused(path, "has no `public` line");
  return pair->public_key;
}

absl::Status WriteKeyPair(const std::string& path, const KeyPair& pair) {
  const std::string give_away = "public = \"" + pair.public_key + "\"\n";
  const absl::Status status =
      WriteNew(path, 0600, give_away + "secret = \"" + pair.secret_key + "\"\n");
  if (!status.ok()) return status;
  return WriteNew(path + ".pub", 0644, give_away);
}

}  // namespace ecluse
