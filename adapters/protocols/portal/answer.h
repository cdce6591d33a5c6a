// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "proto/content/content.h"

namespace ecluse::portal {

// What the body of an answer says; README.md has the contract.
struct Said {
  std::string request;     // the submission key that it speaks of; empty: not told
  std::string never_had;   // a submission key
  std::string known_as;    // a submission key
  bool technical = false;  // a technical refusal, not a decision
  enum class Login : uint8_t { kNone, kWrong, kLocked, kChangePassword };
  Login login = Login::kNone;
  bool account_not_open = false;
  bool service_not_open = false;
  std::optional<content::Money> asked;  // as the operator read it
  // Without decision, native_format and native; the status is empty where none was said.
  content::Answer answer;
};

// nullopt: not an object of the contract. A name that is there twice, bytes after the end, a known
// name with a value of another type: whoever half reads such an answer may read another decision
// than was made, so all of it is unread. Unknown names are passed over.
std::optional<Said> ReadAnswer(const std::string& body);

}  // namespace ecluse::portal
