// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>
#include <variant>

#include "adapters/protocols/mail/arl.h"
#include "adapters/protocols/mail/mime.h"
#include "adapters/protocols/mail/noemie.h"

namespace ecluse::mail {

// How returns are told apart and read.
struct ReturnRules {
  // What the Content-Description begins with. That it names the kind is known; the words are an
  // assumption.
  std::string acknowledgement = "ARL";
  std::string payment = "NOEMIE";
  std::string certificate;  // PEM, ours; empty: only returns in clear can be read
  std::string key;          // PEM
  std::string from;         // the only sender whose mails are believed; empty: any
  MimeLimits limits;
  size_t return_bytes = 8 << 20;  // of one return, inflated
};

struct Return {
  std::variant<Acknowledgement, PaymentReturn> what;
  std::string digest;  // of the return itself: a repeat in another mail has the same
};

// Takes the one return out of a mail: MIME, S/MIME where it is enveloped, base64, gzip. The status
// says why it can't be read, and nothing of what is in it.
absl::StatusOr<Return> ReadReturn(std::string_view mail, const ReturnRules& rules);

}  // namespace ecluse::mail
