// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "adapters/protocols/mail/smtp.h"
#include "proto/outcome.h"

namespace ecluse::mail {

// Each way a submission can end.
enum class Ending : uint8_t {
  kTaken,               // 250 after the mail
  kNoConnection,        // nobody there
  kUntrusted,           // TLS or STARTTLS failed
  kLogin,               // the login was refused for good
  kLoginLater,          // the server could not judge the login just now
  kOwnTrouble,          // a certificate file, memory, an address that can't be sent
  kBrokenBefore,        // silence or a cut before the mail was granted
  kRefusedLater,        // 4xx to a command
  kRefusedForGood,      // 5xx to a command: addresses or rights are wrong
  kBrokenWithin,        // cut while the mail was being written: its end was never said
  kMailRefusedLater,    // 4xx after the mail
  kMailRefusedForGood,  // 5xx after the mail: this mail, for its size or its look
  kSilentAfter,         // the end was said, and no reply heard: the server may have it
};

enum class Meaning : uint8_t { kSent, kNotSent, kCannotTell };

struct Row {
  Ending ending;
  Meaning meaning;
  Hindrance hindrance;     // where meaning is kNotSent
  bool whole_destination;  // it would hinder every mail
};

// The one table. A mail server's refusal is not the operator's: nothing here rejects a bill.
// Source of what a server may have taken: RFC 5321, 4.1.1.4 and 4.2.5: a mail belongs to the
// server from its 250 after the end of data, and is dropped when the end of data never comes.
extern const std::span<const Row> kEndings;

Ending EndingOf(const Submitted& submitted);
const Row& RowOf(Ending ending, std::span<const Row> table = kEndings);

}  // namespace ecluse::mail
