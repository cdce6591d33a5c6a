// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/protocols/mail/cms.h"

namespace ecluse::mail {

// How the mails of one service look. Source of the shape: the B2 mails of the health funds, as an
// open program sends them; README.md says what of it is assumption.
struct MessageRules {
  std::string version = "100500";  // of the transport specification, in the subject
  std::string description = "IRIS/B2/Z";
  std::string from;         // address of this side's mailbox
  std::string to;           // the operator's address
  std::string certificate;  // PEM of the recipient; empty: not encrypted (tests and demonstrations)
  Cipher cipher = Cipher::kAes128;
  std::string vendor_header;  // value of X-SV_CHIFFREMENT; empty: the header is left out
};

// What names one mail for ever: kept in the register, the same at every sending.
struct MessageNames {
  uint64_t number = 0;  // the request's
  absl::Time at;        // when it was first registered
};

// "IR100500/00000420788606/2013070112000012345/00012". Paris time.
std::string Subject(const MessageRules& rules, const MessageNames& names, std::string_view sender,
                    size_t invoices);
// "<20130701120000.12345@own.domain>"
std::string MessageId(const MessageRules& rules, const MessageNames& names);

// The whole mail, ready for SMTP: lines end with CR LF. Depends on nothing but its arguments, save
// for the encryption's random key.
absl::StatusOr<std::string> BuildMessage(const MessageRules& rules, const MessageNames& names,
                                         std::string_view b2, std::string_view sender,
                                         size_t invoices);

// One part with its headers, base64 of 76 columns.
std::string Part(const std::string& type, const std::string& description, std::string_view bytes);

}  // namespace ecluse::mail
