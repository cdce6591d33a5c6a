// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ecluse::http {

struct Site {
  std::string url;          // "https://host:port/path", without a slash at the end
  std::string ca;           // PEM file of the authorities to trust; empty: those of the system
  std::string certificate;  // PEM files of this side's own certificate and key; empty: none
  std::string key;
  absl::Duration connect_timeout = absl::Seconds(10);
  absl::Duration total_timeout = absl::Seconds(60);
  // A longer answer is broken off. Room for letters: half of what the broker takes, because an
  // answer holds them twice, read and as they came.
  size_t answer_bytes = 4 << 20;
  // Ask the operator before the body is sent ("Expect: 100-continue"): a refusal that comes first
  // is then a refusal of which nothing was sent. An operator that says nothing within the wait
  // gets the body all the same.
  bool expect_continue = true;
  absl::Duration expect_wait = absl::Seconds(1);
};

// How one exchange ended, as it was seen from here.
struct Exchange {
  enum class Break : uint8_t {
    kNone,          // a whole answer came
    kNoConnection,  // no address, refused, no route
    kUntrusted,     // the TLS handshake failed
    kOwnTrouble,    // a certificate file, memory, a value that can't be sent
    kTimeout,
    kOversize,
    kBrokenOff,  // the connection ended too early, or what came was not HTTP
  };
  Break broke = Break::kNone;
  // At least one byte of the body was given to the connection. False is a promise that the
  // operator can't have read the request; it says nothing about the head.
  bool body_written = false;
  // Of a whole answer:
  int status = 0;
  std::string format;       // Content-Type
  std::string retry_after;  // as it was sent
  std::string body;
};

// One POST or one GET over a connection of its own. A body is given out once: whatever makes the
// HTTP library want to send it again (a dead connection, a 417) ends the exchange instead.
// Redirects are not followed, and no proxy, cookie or login of the surroundings is used.
// May be called from several threads.
Exchange Post(const Site& site, const std::string& path, const std::string& format,
              const std::vector<std::string>& headers, std::string_view body);
Exchange Get(const Site& site, const std::string& path,
             const std::vector<std::string>& headers = {});

}  // namespace ecluse::http
