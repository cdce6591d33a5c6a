// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/returns.h"

#include <absl/status/status.h>

#include "adapters/protocols/mail/cms.h"
#include "adapters/protocols/mail/gzip.h"
#include "adapters/protocols/mail/seal.h"

namespace ecluse::mail {
namespace {

constexpr int kMostEnvelopes = 2;  // one inside another

bool IsEnvelope(const MimePart& part) {
  return part.type == "application/pkcs7-mime" || part.type == "application/x-pkcs7-mime";
}

// Adds the consent parts of `mime`, opening envelopes on the way.
absl::Status FindParts(Mime mime, const ReturnRules& rules, int envelopes,
                       std::vector<MimePart>& found) {
  for (MimePart& part : mime.parts) {
    if (part.type == "application/edi-consent") found.push_back(std::move(part));
    if (!IsEnvelope(part)) continue;
    if (envelopes == kMostEnvelopes) return absl::OutOfRangeError("too many envelopes");
    absl::StatusOr<std::string> plain = Decrypt(part.bytes, rules.certificate, rules.key);
    if (!plain.ok()) return plain.status();
    absl::StatusOr<Mime> inner = ReadMime(*plain, rules.limits);
    if (!inner.ok()) return inner.status();
    absl::Status status = FindParts(*std::move(inner), rules, envelopes + 1, found);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<Return> ReadPart(const MimePart& part, const ReturnRules& rules) {
  std::string bytes = part.bytes;
  if (LooksGzipped(bytes)) {
    absl::StatusOr<std::string> inflated = Gunzip(bytes, rules.return_bytes);
    if (!inflated.ok()) return inflated.status();
    bytes = *std::move(inflated);
  }
  if (bytes.size() > rules.return_bytes) return absl::OutOfRangeError("the return is too large");
  if (part.description.starts_with(rules.payment)) {
    absl::StatusOr<PaymentReturn> read = ReadNoemie(bytes);
    if (!read.ok()) return read.status();
    return Return{*std::move(read), Digest(bytes)};
  }
  if (part.description.starts_with(rules.acknowledgement)) {
    absl::StatusOr<Acknowledgement> read = ReadAcknowledgement(bytes);
    if (!read.ok()) return read.status();
    return Return{*std::move(read), Digest(bytes)};
  }
  return absl::InvalidArgumentError("a return of an unknown kind");
}

}  // namespace

absl::StatusOr<Return> ReadReturn(std::string_view mail, const ReturnRules& rules) {
  absl::StatusOr<Mime> mime = ReadMime(mail, rules.limits);
  if (!mime.ok()) return mime.status();
  if (!rules.from.empty() && mime->from != rules.from) {
    return absl::PermissionDeniedError("not from the operator's address");
  }
  std::vector<MimePart> found;
  absl::Status status = FindParts(*std::move(mime), rules, 0, found);
  if (!status.ok()) return status;
  if (found.size() != 1) return absl::InvalidArgumentError("not exactly one return in the mail");
  return ReadPart(found.front(), rules);
}

}  // namespace ecluse::mail
