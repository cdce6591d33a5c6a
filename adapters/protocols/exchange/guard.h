// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <cstddef>
#include <string_view>

namespace ecluse::exchange {

// Limits of a message in XML, both ways. The size of an answer has its own limit before, where it
// is read from the connection.
inline constexpr size_t kMessageBytes = 16 << 20;
inline constexpr size_t kMessageDepth = 16;
inline constexpr size_t kMessageElements = 20'000;

// May these bytes be given to an XML parser at all? Refused: what is no UTF-8 or says that it is
// not, characters that XML does not know, document type declarations and entities other than the
// five of XML, processing instructions, and what goes beyond the limits above. SOAP 1.1 forbids
// declarations and instructions in its section 3. Whether the XML is well-formed is the parser's
// to say. The status names the rule, never what was found.
absl::Status Guard(std::string_view xml);

// Valid UTF-8 that XML 1.0 can carry.
bool IsXmlText(std::string_view text);

}  // namespace ecluse::exchange
