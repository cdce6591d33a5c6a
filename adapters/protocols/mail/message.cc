// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/message.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "adapters/protocols/mail/gzip.h"

namespace ecluse::mail {
namespace {

constexpr size_t kColumns = 76;

std::string Base64Lines(std::string_view bytes) {
  std::string flat(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(flat.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  flat.resize(static_cast<size_t>(size));
  std::string lines;
  for (size_t at = 0; at < flat.size(); at += kColumns) {
    lines += flat.substr(at, kColumns) + "\r\n";
  }
  return lines;
}

absl::TimeZone Paris() {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/Paris", &zone)) zone = absl::FixedTimeZone(3600);
  return zone;
}

std::string Domain(const std::string& address) {
  const size_t at = address.rfind('@');
  return at == std::string::npos ? "localhost" : address.substr(at + 1);
}

}  // namespace

std::string Subject(const MessageRules& rules, const MessageNames& names, std::string_view sender,
                    size_t invoices) {
  return fmt::format("IR{}/{}/{}{:05}/{:05}", rules.version, sender,
                     absl::FormatTime("%Y%m%d%H%M%S", names.at, Paris()), names.number % 100'000,
                     invoices % 100'000);
}

std::string MessageId(const MessageRules& rules, const MessageNames& names) {
  return fmt::format("<{}.{}@{}>", absl::FormatTime("%Y%m%d%H%M%S", names.at, Paris()),
                     names.number, Domain(rules.from));
}

std::string Part(const std::string& type, const std::string& description, std::string_view bytes) {
  std::string part = fmt::format("Content-Type: {}\r\nContent-Transfer-Encoding: base64\r\n", type);
  if (!description.empty()) part += fmt::format("Content-Description: {}\r\n", description);
  return part + "\r\n" + Base64Lines(bytes);
}

absl::StatusOr<std::string> BuildMessage(const MessageRules& rules, const MessageNames& names,
                                         std::string_view b2, std::string_view sender,
                                         size_t invoices) {
  std::string part = Part("application/EDI-consent", rules.description, Gzip(b2, "B2.gz"));
  if (!rules.certificate.empty()) {
    absl::StatusOr<std::string> sealed = Encrypt(part, rules.certificate, rules.cipher);
    if (!sealed.ok()) return sealed;
    part =
        Part("application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"", "", *sealed);
  }
  const std::string boundary = fmt::format("=_b2_{}", names.number);
  std::string mail = fmt::format(
      "From: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: {}\r\nDate: {}\r\nMIME-Version: 1.0\r\n",
      rules.from, rules.to, Subject(rules, names, sender, invoices), MessageId(rules, names),
      absl::FormatTime("%a, %d %b %Y %H:%M:%S %z", names.at, Paris()));
  if (!rules.vendor_header.empty()) {
    mail += fmt::format("X-SV_CHIFFREMENT: {}\r\n", rules.vendor_header);
  }
  mail += fmt::format("Content-Type: multipart/mixed; boundary=\"{0}\"\r\n\r\n--{0}\r\n{1}",
                      boundary, part);
  return mail + fmt::format("\r\n--{}--\r\n", boundary);
}

}  // namespace ecluse::mail
