// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace ecluse::mail {

struct SmtpSite {
  std::string url;  // "smtp://host:587": STARTTLS is demanded; "smtps://host:465"
  std::string ca;   // PEM file of the authorities to trust; empty: those of the system
  std::string login;
  std::string secret;
  std::string from;  // envelope addresses
  std::string to;
  absl::Duration connect_timeout = absl::Seconds(10);
  absl::Duration total_timeout = absl::Seconds(60);
};

// How one submission ended, as it was seen from here.
struct Submitted {
  enum class Break : uint8_t {
    kNone,          // every command was answered, the last with 250
    kNoConnection,  // no address, refused, no route
    kUntrusted,     // the TLS handshake failed, or STARTTLS is not offered
    kLogin,         // the server refused the login
    kRefused,       // a command, or the mail, was answered with `code`
    kTimeout,
    kOwnTrouble,
    kBrokenOff,
  };
  Break broke = Break::kNone;
  int code = 0;             // of the last reply; 0: none
  bool body_begun = false;  // DATA was granted and at least one byte of the mail given out
  bool body_ended = false;  // all of it was given out: the end of data may have been said
};

// Sends one mail over a connection of its own. Never sends it twice by itself. May be called from
// several threads.
Submitted Submit(const SmtpSite& site, std::string_view mail);

}  // namespace ecluse::mail
