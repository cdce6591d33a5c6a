// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "adapters/protocols/mail/lot.h"
#include "proto/b2/check.h"
#include "tests/fuzz/judge.h"

// B2 files, of practices' software: checked at deposit, and read once more by the mail driver.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const std::string_view file = fuzz::View(bytes, size);
  const auto all = b2::Check(file);
  for (const b2::Problem& problem : all) {
    fuzz::Must(problem.position <= 128, "a position lies in the record");
    fuzz::Must(problem.record <= size / 128 + 1, "a record lies in the file");
    fuzz::MustNotTell(b2::ToString(problem));
  }
  b2::Rest rest;
  const auto some = b2::Check(file, 5, rest);
  fuzz::Must(some.size() <= 5 && some.size() + rest.problems == all.size(),
             "no problem is lost in the count of the rest");
  fuzz::Must(b2::HasErrors(some) || rest.errors || !b2::HasErrors(all),
             "no error is lost with the rest");
  fuzz::Judge(Kind::kBill, content::kB2, file);
  const auto bill = mail::ReadBill(file);
  if (!bill.ok()) return fuzz::MustNotTell(bill.status()), 0;
  fuzz::Must(bill->bytes == file, "a bill's bytes stay as they are");
  fuzz::Must(!bill->lots.empty(), "a bill has lots that returns can name");
  return 0;
}
