// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ecluse {

// A throwaway RSA key with a certificate of its own, for S/MIME in tests.
struct SmimeKeys {
  std::string certificate;  // PEM
  std::string key;          // PEM
};
SmimeKeys MakeSmimeKeys(const std::string& address);

}  // namespace ecluse
