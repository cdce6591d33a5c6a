// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Is this a well-formed B2 file? Source: B2 2005-E as published for hospitals (variant CP).
// README.md beside this file says which rules are fact and which are assumptions.
namespace ecluse::b2 {

enum class Severity : uint8_t { kWarning = 1, kError = 2 };

// Stable codes: never renumbered.
enum class Rule : uint8_t {
  kLength = 1,      // records have 128 characters and nothing between them
  kCharacters = 2,  // digits in numbers; capitals, digits and spaces in texts
  kMissing = 3,     // a value that must be there
  kAlignment = 4,   // texts start on the left
  kDate = 5,        // YYMMDD of a day that exists
  kOrder = 6,       // 000, lots of 1 … 6, 999; invoices of 2 … 5; a complement after its parent
  kLimit = 7,       // how many of a kind one line or one invoice may have
  kSequence = 8,    // complements of one line are numbered upwards
  kInvoiceZero = 9,       // an invoice number is not zero
  kInvoiceRepeated = 10,  // nor used twice in a file
  kInvoiceDiffers = 11,   // and the same in all the records of the invoice
  kPersonDiffers = 12,    // one insured to an invoice
  kProviderDiffers = 13,  // one provider to an invoice, and to a lot's two ends
  kNirKey = 14,
  kActorKey = 15,       // FINESS and professionals' numbers
  kCorsica = 16,        // a FINESS number still has its 2A or 2B
  kAmcLength = 17,      // a complementary insurer's number has ten characters
  kAmcKey = 18,         // only ever a warning: several real numbers fail it
  kSum = 19,            // an amount of 5 or 6 is the sum of what it adds up
  kCount = 20,          // a count of 5, 6 or 999
  kCountBaseOnly = 21,  // record 5 counts base lines only, as one program does: a warning
  kSplit = 22,          // the complementary share is billed apart, yet has an amount here
  kFrame = 23,          // the file's end repeats the file's head
  kLong = 24,           // longer than counters of three digits can count: a warning
};

// One thing that is wrong, and where; never the value that was found.
struct Problem {
  size_t record = 0;       // the first is 1; 0: the file as a whole
  size_t position = 0;     // of the field's first character; 0: the whole record
  std::string_view field;  // its name in the layout; empty: the whole record
  Rule rule = Rule::kLength;
  Severity severity = Severity::kError;

  bool operator==(const Problem&) const = default;
};

// Every problem, in the order of the records. Records of a type that no layout describes are
// carried unread: of them only the length, the first 26 characters and the place are looked at.
std::vector<Problem> Check(std::string_view file);

// What was left out of a list of problems.
struct Rest {
  size_t problems = 0;
  bool errors = false;
};
// The first `most` problems, for files that anybody may send: a file of nothing but mistakes has
// many more of them than anybody reads.
std::vector<Problem> Check(std::string_view file, size_t most, Rest& rest);

bool HasErrors(const std::vector<Problem>& problems);

// "record 3, position 25 (nir-key): the key does not fit the NIR".
std::string ToString(const Problem& problem);
std::string_view TextOf(Rule rule);

}  // namespace ecluse::b2
