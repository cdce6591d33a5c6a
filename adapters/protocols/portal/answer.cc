// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/portal/answer.h"

#include <absl/strings/escaping.h>
#include <absl/time/civil_time.h>

#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

namespace ecluse::portal {
namespace {

using nlohmann::json;

// Deeper than anything of the contract.
constexpr int kMostDepth = 16;

// The whole text as one object, or discarded.
json Parse(const std::string& body) {
  bool fair = true;
  std::vector<std::set<std::string>> names;
  const json::parser_callback_t look = [&](int depth, json::parse_event_t event, json& parsed) {
    if (depth > kMostDepth) fair = false;
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key) {
      fair = fair && names.back().insert(parsed.get<std::string>()).second;
    }
    return fair;
  };
  json all = json::parse(body, look, /*allow_exceptions=*/false);
  return fair && all.is_object() ? all : json(json::value_t::discarded);
}

// Takes known names out of one object and remembers whether any had a wrong value.
class Reader {
 public:
  Reader(const json& object, bool& fair) : object_(object), fair_(fair) {}

  void Take(const char* name, std::string& value) {
    if (const json* found = Find(name)) {
      if (!Check(found->is_string())) return;
      value = found->get<std::string>();
    }
  }
  void Take(const char* name, bool& value) {
    if (const json* found = Find(name)) {
      if (Check(found->is_boolean())) value = found->get<bool>();
    }
  }
  void Take(const char* name, std::optional<content::Money>& value) {
    if (const json* found = Find(name)) {
      if (!Check(found->is_number_integer())) return;
      const bool fits = !found->is_number_unsigned() || found->get<uint64_t>() <= INT64_MAX;
      if (Check(fits)) value = content::Money{found->get<int64_t>()};
    }
  }
  void Take(const char* name, std::optional<content::Day>& value) {
    std::string text;
    Take(name, text);
    content::Day day;
    if (text.empty()) return;
    const bool shape = text.size() == 10 && text[4] == '-' && text[7] == '-';
    if (Check(shape && absl::ParseCivilTime(text, &day))) value = day;
  }
  // Calls `each` with every item of a list.
  template <class Each>
  void List(const char* name, Each each) {
    const json* found = Find(name);
    if (found == nullptr || !Check(found->is_array())) return;
    for (const json& item : *found) each(item);
  }
  bool Check(bool good) { return (fair_ &= good), good; }

 private:
  const json* Find(const char* name) const {
    const auto found = object_.find(name);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }
  const json& object_;
  bool& fair_;
};

content::DocumentKind WantedOf(const std::string& word) {
  using enum content::DocumentKind;
  const std::pair<const char*, content::DocumentKind> words[] = {{"prescription", kPrescription},
                                                                 {"quotation", kQuotation},
                                                                 {"delivery_note", kDeliveryNote},
                                                                 {"invoice", kInvoice}};
  for (const auto& [known, kind] : words) {
    if (word == known) return kind;
  }
  return kOther;
}

void ReadLists(Reader& in, bool& fair, content::Answer& answer) {
  in.List("wanted", [&](const json& item) {
    if (in.Check(item.is_string())) answer.wanted.push_back(WantedOf(item.get<std::string>()));
  });
  in.List("reasons", [&](const json& item) {
    if (!in.Check(item.is_object())) return;
    Reader inside(item, fair);
    content::Reason reason;
    inside.Take("code", reason.code);
    inside.Take("text", reason.text);
    answer.reasons.push_back(std::move(reason));
  });
  in.List("letters", [&](const json& item) {
    if (!in.Check(item.is_object())) return;
    Reader inside(item, fair);
    content::Letter letter;
    std::string coded;
    inside.Take("media_type", letter.media_type);
    inside.Take("base64", coded);
    if (in.Check(absl::Base64Unescape(coded, &letter.bytes))) {
      answer.letters.push_back(std::move(letter));
    }
  });
}

Said::Login LoginOf(const std::string& word) {
  if (word == "wrong") return Said::Login::kWrong;
  if (word == "locked") return Said::Login::kLocked;
  if (word == "change_password") return Said::Login::kChangePassword;
  return Said::Login::kNone;
}

}  // namespace

std::optional<Said> ReadAnswer(const std::string& body) {
  const json all = Parse(body);
  if (!all.is_object()) return std::nullopt;
  Said said;
  bool fair = true;
  std::string login, account, service;
  Reader in(all, fair);
  in.Take("request", said.request);
  in.Take("never_had", said.never_had);
  in.Take("known_as", said.known_as);
  in.Take("technical", said.technical);
  in.Take("login", login);
  in.Take("account", account);
  in.Take("service", service);
  in.Take("asked_cents", said.asked);
  in.Take("status", said.answer.status);
  in.Take("reference", said.answer.reference);
  in.Take("authorisation_number", said.answer.authorisation_number);
  in.Take("granted_cents", said.answer.granted);
  in.Take("granted_on", said.answer.granted_on);
  in.Take("valid_until", said.answer.valid_until);
  in.Take("wanted_by", said.answer.wanted_by);
  ReadLists(in, fair, said.answer);
  if (!fair) return std::nullopt;
  said.login = LoginOf(login);
  said.account_not_open = account == "not_open";
  said.service_not_open = service == "not_open";
  return said;
}

}  // namespace ecluse::portal
