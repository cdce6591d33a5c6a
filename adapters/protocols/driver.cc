// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/driver.h"

namespace ecluse {

std::string SubmissionKey(const Envelope& envelope) {
  return envelope.practice.text + "-" + std::to_string(envelope.id.value);
}

}  // namespace ecluse
