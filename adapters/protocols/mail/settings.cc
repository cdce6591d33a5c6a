// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/settings.h"

#include <fstream>
#include <iterator>
#include <optional>

namespace ecluse::mail {
namespace {

constexpr absl::Duration kMostWait = absl::Hours(1);
constexpr int64_t kMostResends = 20;

bool TakeText(Fields& in, const char* name, std::string& value) {
  const Setting* setting = in.Find(name);
  if (setting == nullptr) return false;
  const auto* text = std::get_if<std::string>(&setting->value);
  if (text == nullptr) {
    in.Wrong(name, "is a text");
    return false;
  }
  value = *text;
  return true;
}

void TakeDuration(Fields& in, const char* name, absl::Duration& value) {
  std::string text;
  if (!TakeText(in, name, text)) return;
  absl::Duration read;
  if (!absl::ParseDuration(text, &read) || read <= absl::ZeroDuration() || read > kMostWait) {
    return in.Wrong(name, "is a duration such as \"30s\", at most an hour");
  }
  value = read;
}

void TakeDelay(Fields& in, const char* name, Delay& value) {
  std::string text;
  if (!TakeText(in, name, text)) return;
  const absl::StatusOr<Delay> read = ParseDelay(text);
  if (!read.ok()) return in.Wrong(name, "is \"5 working days\", or a duration such as \"90s\"");
  value = *read;
}

void TakeNumber(Fields& in, const char* name, int64_t most, uint32_t& value) {
  const Setting* setting = in.Find(name);
  if (setting == nullptr) return;
  const auto* read = std::get_if<int64_t>(&setting->value);
  if (read == nullptr || *read < 0 || *read > most) {
    return in.Wrong(name, "is a number from 0 to " + std::to_string(most));
  }
  value = static_cast<uint32_t>(*read);
}

void TakeActs(Fields& in, std::map<std::string, std::string>& acts) {
  const Setting* setting = in.Find("act_codes");
  if (setting == nullptr) return;
  const auto* all = std::get_if<std::vector<std::string>>(&setting->value);
  if (all == nullptr) return in.Wrong("act_codes", "is a list such as [\"optics=OPT\"]");
  for (const std::string& one : *all) {
    const size_t sign = one.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == one.size() || one.size() - sign > 6) {
      return in.Wrong("act_codes", "is a list such as [\"optics=OPT\"], codes of 5 at most");
    }
    acts[one.substr(0, sign)] = one.substr(sign + 1);
  }
}

// A setting that names a file whose whole text is wanted.
void TakeFile(Fields& in, const char* name, std::string& value) {
  std::string path;
  if (!TakeText(in, name, path)) return;
  std::ifstream file(path, std::ios::binary);
  value.assign((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (value.empty()) in.Wrong(name, "names a file that can't be read, or is empty");
}

void TakeSecret(Fields& in, const char* name, std::string& value) {
  TakeFile(in, name, value);
  while (value.ends_with('\n')) value.pop_back();
}

}  // namespace

absl::Status ReadDriverSection(const std::string& file, const Section& section,
                               Settings& settings) {
  Fields in(file, section);
  in.Find("service");  // read with the profile
  TakeDuration(in, "connect_timeout", settings.smtp.connect_timeout);
  TakeDuration(in, "total_timeout", settings.smtp.total_timeout);
  TakeText(in, "subject_version", settings.message.version);
  TakeText(in, "description", settings.message.description);
  TakeText(in, "vendor_header", settings.message.vendor_header);
  std::string cipher = "aes-128";
  if (TakeText(in, "cipher", cipher) && cipher != "aes-128" && cipher != "3des") {
    in.Wrong("cipher", "is \"aes-128\" or \"3des\"");
  }
  settings.message.cipher = cipher == "3des" ? Cipher::kTripleDes : Cipher::kAes128;
  TakeText(in, "acknowledgement_description", settings.returns.acknowledgement);
  TakeText(in, "payment_description", settings.returns.payment);
  TakeDelay(in, "reminder_after", settings.reminder);
  TakeDelay(in, "resend_after", settings.resend);
  TakeDelay(in, "alert_after", settings.alert);
  TakeNumber(in, "most_resends", kMostResends, settings.most_resends);
  TakeText(in, "recipient_type", settings.build.recipient_type);
  TakeText(in, "recipient", settings.build.recipient);
  TakeText(in, "flow", settings.build.flow);
  TakeNumber(in, "establishment_category", 999, settings.build.category);
  TakeActs(in, settings.build.acts);
  return in.Finish();
}

absl::Status ReadSiteSection(const std::string& file, const Section& section, Settings& settings) {
  Fields in(file, section);
  in.Find("service");  // read by the program
  settings.smtp.url = in.Text("submission");
  settings.message.from = in.Text("from");
  settings.message.to = in.Text("to");
  settings.smtp.from = settings.message.from;
  settings.smtp.to = settings.message.to;
  TakeText(in, "ca", settings.smtp.ca);
  settings.mailbox.ca = settings.smtp.ca;
  TakeText(in, "submission_login", settings.smtp.login);
  TakeSecret(in, "submission_secret_file", settings.smtp.secret);
  TakeText(in, "mailbox", settings.mailbox.url);
  TakeText(in, "mailbox_login", settings.mailbox.login);
  TakeSecret(in, "mailbox_secret_file", settings.mailbox.secret);
  TakeFile(in, "recipient_certificate", settings.message.certificate);
  TakeFile(in, "own_certificate", settings.returns.certificate);
  TakeFile(in, "own_key", settings.returns.key);
  TakeText(in, "returns_from", settings.returns.from);
  settings.register_file = in.Text("register");
  settings.register_key = in.Text("register_key");
  if (const Setting* sole = in.Find("sole_carrier")) {
    const bool* value = std::get_if<bool>(&sole->value);
    if (value == nullptr) in.Wrong("sole_carrier", "is true or false");
    settings.sole_carrier = value != nullptr && *value;
  }
  bool in_clear = false;
  if (const Setting* clear = in.Find("in_clear")) {
    const bool* value = std::get_if<bool>(&clear->value);
    in_clear = value != nullptr && *value;
  }
  // A bill names patients: without a certificate only a demonstration may send it.
  if (settings.message.certificate.empty() && !in_clear) {
    in.Text("recipient_certificate");  // a setting that must be there
  }
  return in.Finish();
}

}  // namespace ecluse::mail
