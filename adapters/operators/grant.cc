// SPDX-License-Identifier: Apache-2.0
#include "adapters/operators/grant.h"

#include <variant>

namespace ecluse {
namespace {

std::string Trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Where the content has its number; nullptr: it has no place for one.
struct NumberIn {
  std::string* operator()(content::Authorisation&) const { return nullptr; }
  std::string* operator()(content::Quotation&) const { return nullptr; }
  std::string* operator()(content::Cancellation& c) const { return &c.authorisation_number; }
  std::string* operator()(content::Document& d) const { return &d.authorisation_number; }
  std::string* operator()(content::Invoice& i) const { return &i.authorisation_number; }
};

}  // namespace

Fit TakeGrant(const std::string& grant, content::Content& content) {
  const std::string number = Trimmed(grant);
  std::string* own = std::visit(NumberIn{}, content);
  if (number.empty() || own == nullptr) return Fit::kAsItIs;
  const std::string written = Trimmed(*own);
  if (!written.empty()) return written == number ? Fit::kAsItIs : Fit::kDiffers;
  *own = number;
  return Fit::kFilled;
}

}  // namespace ecluse
