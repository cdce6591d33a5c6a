// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "proto/content/content.h"

// One content of each kind and one answer, with something in every field. Nobody in them exists.
// The contents have no problem on kToday.
namespace ecluse::content::samples {

inline const Day kToday(2024, 2, 5);

Authorisation SomeAuthorisation();
Quotation SomeQuotation();
Cancellation SomeCancellation();
Document SomeDocument();
Invoice SomeInvoice();

struct Named {
  std::string name;
  Content content;
};
std::vector<Named> Contents();

Answer SomeAnswer();

}  // namespace ecluse::content::samples
