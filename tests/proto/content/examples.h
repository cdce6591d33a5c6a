// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "proto/content/check.h"
#include "proto/content/codec.h"
#include "tests/proto/content/samples.h"

// For every rule a content that breaks it and no other.
namespace ecluse::content::samples {

struct Example {
  std::string rule;
  std::string path;
  Kind kind = Kind::kAuthorisation;
  std::string format = std::string(kTyped);
  std::string bytes;
  Rules rules = {};
};

// The sample with one change made by `change`.
template <class Function>
Example Asking(const char* rule, const char* path, const Function& change) {
  Authorisation request = SomeAuthorisation();
  change(request);
  return {.rule = rule, .path = path, .bytes = Encode(request)};
}

template <class Function>
Example Billing(const char* rule, const char* path, const Function& change) {
  Invoice invoice = SomeInvoice();
  change(invoice);
  return {.rule = rule, .path = path, .kind = Kind::kBill, .bytes = Encode(invoice)};
}

// Of numbers, people and codes; of all the rest.
std::vector<Example> ExamplesOfParts();
std::vector<Example> OtherExamples();

}  // namespace ecluse::content::samples
