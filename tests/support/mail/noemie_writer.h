// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/protocols/mail/lot.h"

namespace ecluse {

// What a simulated operator says of one invoice.
struct SaidOfInvoice {
  std::string number;
  mail::Lot lot;
  int64_t asked = 0;
  char state = 'P';  // P paid, R rejected, D deferred, blank not processed
  int64_t paid = 0;  // negative: taken back
  std::string code;  // of a rejection
  std::string text;
};

// A payment return as an operator would write it. Written by hand after the published widths, not
// from the reader's table, so that a wrong number there shows.
std::string WriteNoemie(const std::string& sender, const std::string& receiver,
                        const std::string& day, const std::string& transfer,
                        const std::vector<SaidOfInvoice>& invoices);

}  // namespace ecluse
