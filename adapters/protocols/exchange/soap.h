// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace ecluse::exchange {

inline constexpr char kSoap[] = "http://schemas.xmlsoap.org/soap/envelope/";

// A SOAP 1.1 message that is being written.
class SoapMessage {
 public:
  SoapMessage();
  pugi::xml_node body() { return body_; }
  // A fault in the body; what is said of it goes into the node that is returned.
  pugi::xml_node AddFault();
  std::string Bytes() const;

 private:
  pugi::xml_document document_;
  pugi::xml_node body_;
};

// Reads hostile bytes (see Guard) up to the body of the envelope, which `document` owns. Headers
// are refused: nobody here would understand them.
absl::StatusOr<pugi::xml_node> ReadSoap(std::string_view xml, pugi::xml_document& document);

// Whether the body has a fault, and its detail.
bool IsFault(pugi::xml_node body);
pugi::xml_node FaultDetail(pugi::xml_node body, absl::Status& trouble);

}  // namespace ecluse::exchange
