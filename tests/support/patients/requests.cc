// SPDX-License-Identifier: Apache-2.0
#include "tests/support/patients/requests.h"

namespace ecluse::patients {

std::string MakeScan(Dice& dice, size_t bytes) {
  std::string scan = "%PDF-1.4\n% synthetic scan\n";
  while (scan.size() < bytes) {
    uint64_t word = dice.Next();
    for (int i = 0; i < 8; ++i, word >>= 8) scan += static_cast<char>(word & 0xFF);
  }
  scan.resize(bytes);
  return scan;
}

}  // namespace ecluse::patients
