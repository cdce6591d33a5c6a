// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "proto/b2/check.h"

namespace ecluse::b2 {

bool HasErrors(const std::vector<Problem>& problems) {
  return std::ranges::any_of(problems,
                             [](const Problem& p) { return p.severity == Severity::kError; });
}

std::string_view TextOf(Rule rule) {
  switch (rule) {
    case Rule::kLength:
      return "records have 128 characters and nothing between them";
    case Rule::kCharacters:
      return "characters that may not be there";
    case Rule::kMissing:
      return "a value must be there";
    case Rule::kAlignment:
      return "a text starts on the left";
    case Rule::kDate:
      return "not a date";
    case Rule::kOrder:
      return "out of order";
    case Rule::kLimit:
      return "too many, or none";
    case Rule::kSequence:
      return "not numbered upwards";
    case Rule::kInvoiceZero:
      return "the invoice number is zero";
    case Rule::kInvoiceRepeated:
      return "the invoice number was used before in this file";
    case Rule::kInvoiceDiffers:
      return "not the invoice number of the header";
    case Rule::kPersonDiffers:
      return "not the insured of the header";
    case Rule::kProviderDiffers:
      return "not the provider of the header";
    case Rule::kNirKey:
      return "the key does not fit the NIR";
    case Rule::kActorKey:
      return "the key does not fit the number";
    case Rule::kCorsica:
      return "a Corsican number is written with 2001 or 2002";
    case Rule::kAmcLength:
      return "the number has ten characters";
    case Rule::kAmcKey:
      return "the key does not fit the number";
    case Rule::kSum:
      return "not the sum of what it adds up";
    case Rule::kCount:
      return "not the count of what is there";
    case Rule::kCountBaseOnly:
      return "counts no complements";
    case Rule::kSplit:
      return "the complementary share is billed apart and has no amount here";
    case Rule::kFrame:
      return "not what the file header says";
    case Rule::kLong:
      return "more records than three digits count";
  }
  return "";
}

std::string ToString(const Problem& problem) {
  std::string where = problem.record == 0 ? "file" : fmt::format("record {}", problem.record);
  if (problem.position != 0) where += fmt::format(", position {}", problem.position);
  if (!problem.field.empty()) where += fmt::format(" ({})", problem.field);
  return fmt::format("{}: {}{}", where, TextOf(problem.rule),
                     problem.severity == Severity::kWarning ? " (warning)" : "");
}

}  // namespace ecluse::b2
