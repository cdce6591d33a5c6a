// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/check_fields.h"

#include <absl/time/civil_time.h>

#include <algorithm>

#include "proto/b2/keys.h"

namespace ecluse::b2 {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsPlain(char c) { return IsDigit(c) || (c >= 'A' && c <= 'Z') || c == ' '; }
bool All(std::string_view text, bool (*test)(char)) { return std::ranges::all_of(text, test); }
bool Only(std::string_view text, char c) { return text.find_first_not_of(c) == text.npos; }

class FieldChecker {
 public:
  FieldChecker(size_t number, std::vector<Problem>& problems)
      : number_(number), problems_(problems) {}

  void Check(const Field& field, std::string_view value) {
    field_ = &field;
    switch (field.form) {
      case Form::kText:
        return Text(value);
      case Form::kNumber:
      case Form::kMoney:
        return void(Digits(value));
      case Form::kDate:
        return Date(value);
      case Form::kActor:
        return Actor(value);
      // Nobody published the code page of the free zones, nor what a blank may be used for.
      case Form::kFree:
        if (!All(value, IsPlain)) Say(Rule::kCharacters, Severity::kWarning);
        return;
      case Form::kBlank:
        if (!Only(value, ' ')) Say(Rule::kCharacters, Severity::kWarning);
        return;
    }
  }

  void Say(Rule rule, Severity severity = Severity::kError) {
    problems_.push_back({number_, field_->position, field_->name, rule, severity});
  }

 private:
  void Text(std::string_view value) {
    if (!All(value, IsPlain)) return Say(Rule::kCharacters);
    if (Only(value, ' ')) {
      if (field_->required) Say(Rule::kMissing);
      return;
    }
    if (value.front() == ' ') Say(Rule::kAlignment, Severity::kWarning);
  }

  bool Digits(std::string_view value) {
    if (All(value, IsDigit)) return true;
    if (!Only(value, ' ')) {
      Say(Rule::kCharacters);
    } else if (field_->required) {
      Say(Rule::kMissing);
    } else {
      // An absent number is written with zeros; spaces are easy to understand all the same.
      Say(Rule::kCharacters, Severity::kWarning);
    }
    return false;
  }

  void Date(std::string_view value) {
    if (!Digits(value)) return;
    if (Only(value, '0')) {
      if (field_->required) Say(Rule::kMissing);
      return;
    }
    const int year = 2000 + (value[0] - '0') * 10 + value[1] - '0';
    const int month = (value[2] - '0') * 10 + value[3] - '0';
    const int day = (value[4] - '0') * 10 + value[5] - '0';
    const absl::CivilDay date(year, month, day);
    if (date.year() != year || date.month() != month || date.day() != day) {
      // 29 February exists in only one of the two centuries that "00" may mean.
      if (!(year == 2000 && month == 2 && day == 29)) Say(Rule::kDate);
    }
  }

  void Actor(std::string_view value) {
    const bool provider = field_->name == "provider";
    if (Only(value, '0') || Only(value, ' ')) {
      if (provider) Say(Rule::kMissing);
      return;
    }
    if (!All(value, IsPlain)) return Say(Rule::kCharacters);
    if (value.starts_with("2A") || value.starts_with("2B")) return Say(Rule::kCorsica);
    if (!ActorFits(value)) Say(Rule::kActorKey);
  }

  const size_t number_;
  std::vector<Problem>& problems_;
  const Field* field_ = nullptr;
};

// A key stands beside its NIR; an individual NIR that is not there has none.
void CheckNir(std::string_view record, const Layout& layout, std::string_view nir,
              std::string_view key, size_t number, std::vector<Problem>& problems) {
  const Field* nir_field = layout.Find(nir);
  const Field* key_field = layout.Find(key);
  if (nir_field == nullptr || key_field == nullptr) return;
  const std::string_view value = ValueOf(record, *nir_field);
  if (Only(value, ' ') || (!nir_field->required && Only(value, '0'))) return;
  if (NirKeyFits(value, ValueOf(record, *key_field))) return;
  problems.push_back(
      {number, key_field->position, key_field->name, Rule::kNirKey, Severity::kError});
}

void CheckAmc(std::string_view record, const Layout& layout, size_t number,
              std::vector<Problem>& problems) {
  const Field* field = layout.Find("amc");
  if (field == nullptr) return;
  const std::string_view value = ValueOf(record, *field);
  if (Only(value, ' ') || Only(value, '0')) return;
  if (value.find(' ') != value.npos) {
    problems.push_back({number, field->position, field->name, Rule::kAmcLength, Severity::kError});
  } else if (!LuhnFits(value)) {
    problems.push_back({number, field->position, field->name, Rule::kAmcKey, Severity::kWarning});
  }
}

}  // namespace

void CheckFields(std::string_view record, const Layout& layout, size_t number,
                 std::vector<Problem>& problems) {
  FieldChecker checker(number, problems);
  for (const Field& field : layout.fields) checker.Check(field, ValueOf(record, field));
  CheckNir(record, layout, "nir", "nir-key", number, problems);
  CheckNir(record, layout, "own-nir", "own-nir-key", number, problems);
  CheckAmc(record, layout, number, problems);
}

}  // namespace ecluse::b2
