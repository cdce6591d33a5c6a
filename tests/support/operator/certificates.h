// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <string>

namespace ecluse {

// Makes a throwaway authority and certificates for tests and for the quickstart, valid for a day
// on 127.0.0.1 and localhost. Writes into `directory`, which must exist:
//   ca.pem            the authority
//   server.pem .key   the simulated operator
//   client.pem .key   an adapter
//   other-ca.pem      an authority that signed none of those
//   other-client.pem .key   an adapter's, by that one
absl::Status MakeCertificates(const std::string& directory);

}  // namespace ecluse
