// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/civil_time.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "proto/content/content.h"

namespace ecluse::mail {

// A lot as returns name it. The number wraps after 999: never a key without its date and sender.
struct Lot {
  uint32_t number = 0;
  std::string day;  // YYMMDD
  auto operator<=>(const Lot&) const = default;
};

// A B2 file that is to be sent, and what a return can name of it.
struct Bill {
  struct Invoice {
    std::string number;  // nine digits
    Lot lot;
    int64_t asked = 0;  // cents, of the complementary insurer
    bool operator==(const Invoice&) const = default;
  };
  std::string bytes;
  std::string sender;    // 14 digits
  std::string file_id;   // 6 characters
  std::string file_day;  // YYMMDD
  std::vector<Lot> lots;
  std::vector<Invoice> invoices;
};

// Reads what the mail, its subject and the returns need of a file that certified software built.
// The bytes stay as they are. An error: not a file that a return could ever be matched with.
absl::StatusOr<Bill> ReadBill(std::string_view file);

// What a file that is built here needs beyond the invoice. All of it assumption: the only published
// layout is the hospitals' (variant CP), and each operator has its own numbers.
struct BuildRules {
  std::string program = "ECLUSE";     // 6 characters
  std::string sender_type = "TP";     // health partner
  std::string recipient_type = "OC";  // complementary organisation
  std::string recipient;              // 14 digits; empty: the invoice's AMC number
  std::string flow = "R";             // R real, T test
  uint32_t category = 0;              // of the establishment
  uint32_t insurance = 10;            // illness
  std::string exemption = "0";
  std::map<std::string, std::string> acts;  // care domain -> act code of its devices
};

// Counters, from the register.
struct Numbers {
  std::string file_id;
  uint32_t lot = 0;
  absl::CivilDay day;  // of file and lot
};

// One file, one lot, one invoice: a negative acknowledgement blocks a whole lot, so lots are small.
// InvalidArgument: the invoice can't be written in B2; FailedPrecondition: `rules` lack a setting.
// Neither names a value.
absl::StatusOr<std::string> BuildB2(const content::Invoice& invoice, const BuildRules& rules,
                                    const Numbers& numbers);

}  // namespace ecluse::mail
