// SPDX-License-Identifier: Apache-2.0
#include "proto/profile/read.h"

#include <algorithm>

#include "proto/content/content.h"
#include "proto/limits.h"

namespace ecluse::profile {

void TakeFlag(Fields& fields, const std::string& name, bool& into) {
  const Setting* setting = fields.Find(name);
  if (setting == nullptr) return;
  if (const bool* flag = std::get_if<bool>(&setting->value)) {
    into = *flag;
  } else {
    fields.Wrong(name, "must be true or false");
  }
}

void TakeCount(Fields& fields, const std::string& name, int64_t most, uint64_t& into) {
  const Setting* setting = fields.Find(name);
  if (setting == nullptr) return;
  const int64_t* number = std::get_if<int64_t>(&setting->value);
  if (number == nullptr || *number < 1 || *number > most) {
    fields.Wrong(name, "must be a number from 1 to " + std::to_string(most));
  } else {
    into = static_cast<uint64_t>(*number);
  }
}

void TakeDuration(Fields& fields, const std::string& name, absl::Duration most,
                  absl::Duration& into) {
  const Setting* setting = fields.Find(name);
  if (setting == nullptr) return;
  const std::string* text = std::get_if<std::string>(&setting->value);
  absl::Duration duration;
  if (text == nullptr || !absl::ParseDuration(*text, &duration) ||
      duration < absl::ZeroDuration() || duration > most) {
    fields.Wrong(name, "must be a duration like \"48h\", at most " + absl::FormatDuration(most));
  } else {
    into = duration;
  }
}

std::string TextOr(Fields& fields, const std::string& name, const std::string& otherwise) {
  return fields.Find(name) == nullptr ? otherwise : fields.Text(name);
}

std::vector<std::string> TextsOr(Fields& fields, const std::string& name) {
  return fields.Find(name) == nullptr ? std::vector<std::string>{} : fields.Texts(name);
}

absl::Status ReadService(const std::string& path, const Section& section, Profile& profile) {
  Fields fields(path, section);
  Service service;
  service.name.text = fields.Text("name");
  if (!IsName(service.name.text)) fields.Wrong("name", "must be 1 to 32 characters of [a-z0-9-]");
  if (profile.Find(service.name) != nullptr) fields.Wrong("name", "is in the file already");
  const std::string protocol = fields.Text("protocol");
  service.protocol = Choice(fields, "protocol", protocol, Protocol::kPortal);
  service.failure_domain = fields.Text("failure_domain");
  if (!IsName(service.failure_domain)) {
    fields.Wrong("failure_domain", "must be 1 to 32 characters of [a-z0-9-]");
  }
  content::Rules& rules = service.rules;
  rules.profile = profile.name.text + " profile";
  for (const std::string& kind : fields.Texts("kinds")) {
    rules.kinds.push_back(Choice(fields, "kinds", kind, Kind::kAuthorisation));
  }
  rules.formats = TextsOr(fields, "formats");
  for (const std::string& format : rules.formats) {
    if (format.find('/') == std::string::npos || format.size() > limits::kFormatBytes) {
      fields.Wrong("formats", "must be media types of at most 64 bytes");
    }
  }
  uint64_t lines = 0, equipments = 0, days = 0;
  TakeCount(fields, "most_lines", 10'000, lines);
  TakeCount(fields, "most_equipments", 1'000, equipments);
  TakeCount(fields, "most_bytes", int64_t{limits::kContentBytes}, rules.most_bytes);
  TakeCount(fields, "documents_days", 365, days);
  rules.most_lines = static_cast<uint32_t>(lines);
  rules.most_equipments = static_cast<uint32_t>(equipments);
  service.documents_days = static_cast<uint32_t>(days);
  TakeFlag(fields, "quotation_creates", rules.quotation_creates);
  TakeDuration(fields, "bill_after_grant", absl::Hours(24 * 90), service.bill_after_grant);
  TakeFlag(fields, "unavailable_may_be_login", service.unavailable_may_be_login);
  TakeFlag(fields, "needs_login", service.needs_login);
  if (service.unavailable_may_be_login && !service.needs_login) {
    fields.Wrong("unavailable_may_be_login", "is of no use where needs_login is false");
  }
  profile.services.push_back(std::move(service));
  return fields.Finish();
}

}  // namespace ecluse::profile
