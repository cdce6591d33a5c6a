// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <cstdint>
#include <string>

#include "adapters/protocols/mail/delays.h"
#include "adapters/protocols/mail/lot.h"
#include "adapters/protocols/mail/mailbox.h"
#include "adapters/protocols/mail/message.h"
#include "adapters/protocols/mail/returns.h"
#include "adapters/protocols/mail/smtp.h"
#include "proto/sections.h"

namespace ecluse::mail {

// README.md explains every setting, and says which defaults are assumptions.
struct Settings {
  SmtpSite smtp;        // its login is used where the service's profile asks for no account
  MailboxSite mailbox;  // an empty url: returns are not read here
  MessageRules message;
  ReturnRules returns;
  BuildRules build;
  Delay reminder{2, {}};                       // no acknowledgement since: counted as late
  Delay resend{5, {}};                         // the same bytes go again
  Delay alert{10, {}};                         // a person should ask the operator
  uint32_t most_resends = 3;                   // 0: never by itself
  absl::Duration keep = absl::Hours(24 * 90);  // what is settled, in the register
  std::string register_file;
  std::string register_key;  // file of 32 bytes
  // This is the only process that ever carries this service: what its register does not know since
  // it was begun was never sent. Otherwise it can't tell.
  bool sole_carrier = false;
};

// What the operator's profile says of the service, in [[driver]].
absl::Status ReadDriverSection(const std::string& file, const Section& section, Settings& settings);

// What the deployment says: addresses, servers, certificates, secrets, the register's place. Reads
// the files that it names.
absl::Status ReadSiteSection(const std::string& file, const Section& section, Settings& settings);

}  // namespace ecluse::mail
