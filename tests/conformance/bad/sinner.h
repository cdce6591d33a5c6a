// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/protocols/driver.h"

namespace ecluse::conformance {

// What the bad adapter does wrong, one at a time, by the name in ECLUSE_SIN; empty: nothing. The
// sins of its loop (bad_adapter.cc) are "stops-at-once", "goes-on", "sends-on-start",
// "ignores-refusal", "forgets-epochs", "serves-the-past", "rehearses-aloud", "keeps-findings" and
// "goes-silently"; those of its driver:
//
//   sends-twice         each try goes out twice
//   invents-answers     a lost answer becomes a grant
//   denies              every probe says that the operator never had it
//   takes-silence-for-no  a probe that reached nobody says so
//   affirms             every probe says that the operator has it
//   hopes               a lost answer becomes "surely not sent"
//   forgets-pauses      Retry-After is left out
//   answers-early       a pending request becomes a grant
//   cuts-contents       to a mebibyte
//   cuts-answers        to 64 KiB
//   tries-again         a refused login, three times
//   talks               logs what it sends, and with which secret
std::unique_ptr<Driver> MakeSinner(const std::string& sin, std::unique_ptr<Driver> honest);

}  // namespace ecluse::conformance
