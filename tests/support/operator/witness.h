// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ecluse {

// One acceptance, as the simulated operator's ledger keeps it: one line of the file, with tabs
// between the fields in this order.
struct Acceptance {
  std::string key;  // the submission key: "<practice>-<request number>"
  uint32_t attempt = 0;
  std::string practice;
  std::string sha256;  // of the content, in hexadecimal
  uint64_t bytes = 0;
  absl::Time at;  // milliseconds since 1970 in the file
  // What it was, and what it belongs to.
  std::string service = {};
  std::string kind = {};   // "authorisation", "bill"…
  std::string about = {};  // the number or the key of another
  int64_t asked = 0;       // cents
  uint32_t document = 0;   // its kind, of a document
  // How many submissions the service was busy with at that moment, this one counted; not those who
  // only ask.
  uint32_t at_once = 0;
  // How what it belongs to stood then: "" it belongs to nothing, "absent" it had not come, "open",
  // "granted", "ended".
  std::string about_was = {};

  bool operator==(const Acceptance&) const = default;
};

std::string ToLine(const Acceptance& acceptance);

// The judge: everything that the simulated operator ever accepted.
struct Witness {
  std::vector<Acceptance> accepted;        // in order, repeats included
  std::map<std::string, uint32_t> by_key;  // how often each key was accepted

  uint64_t keys() const { return by_key.size(); }
  // Acceptances beyond the first of each key: what would have been paid twice.
  uint64_t duplicated() const { return accepted.size() - by_key.size(); }
  // The most submissions that a service was busy with when something was accepted, and the most
  // that it accepted in any second. An empty service: all of them.
  uint32_t MostAtOnce(const std::string& service = "") const;
  uint32_t MostInOneSecond(const std::string& service = "") const;
  // Keys that came before what they belong to.
  std::vector<std::string> BeforeTheirFirst() const;
  // Bills whose authorisation was not granted when they came.
  std::vector<std::string> BillsWithoutGrant() const;
};

// A file that does not exist is an empty ledger. A last line without an end was never promised
// and is left out; any other line that can't be read is an error.
absl::StatusOr<Witness> ReadLedger(const std::string& path);

}  // namespace ecluse
