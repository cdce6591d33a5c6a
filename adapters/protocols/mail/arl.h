// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>
#include <vector>

#include "adapters/protocols/mail/lot.h"
#include "proto/content/content.h"

// The layout of logical acknowledgements is not published anywhere that we could reach. What this
// file reads and writes is ECLUSE'S OWN DIALECT, in the manner of NOEMIE: frame 000 and 999, and
// between them, each ended by "@",
//   L10  file: id 6(6), day of creation 12(6), result 18(1)
//   L80  lot: day 6(6), number 12(3), result 15(1)
//   L90  reason, of the lot before it or of the file: code 6(10), text 16(80)
// with P for positive and N for negative. Someone who holds the norm replaces this file and arl.cc.
namespace ecluse::mail {

struct Acknowledgement {
  struct OfLot {
    Lot lot;
    bool positive = false;
    std::vector<content::Reason> reasons;
  };
  std::string sender;    // 14 digits, of the operator
  std::string receiver;  // 14 digits: the sender of the bills
  std::string file_id;
  std::string file_day;  // YYMMDD
  bool positive = false;
  std::vector<content::Reason> reasons;
  std::vector<OfLot> lots;  // empty: the result of the file is that of all its lots
};

absl::StatusOr<Acknowledgement> ReadAcknowledgement(std::string_view bytes);

// For demonstrations and tests.
std::string WriteAcknowledgement(const Acknowledgement& ack);

}  // namespace ecluse::mail
