// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/exchange/soap.h"

#include <utility>

#include "adapters/protocols/exchange/guard.h"
#include "adapters/protocols/exchange/xml.h"

namespace ecluse::exchange {
namespace {

struct Text final : pugi::xml_writer {
  void write(const void* data, size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
  std::string text;
};

}  // namespace

SoapMessage::SoapMessage() {
  auto declaration = document_.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  auto envelope = document_.append_child("soap:Envelope");
  envelope.append_attribute("xmlns:soap") = kSoap;
  body_ = envelope.append_child("soap:Body");
}

pugi::xml_node SoapMessage::AddFault() {
  auto fault = body_.append_child("soap:Fault");
  fault.append_child("faultcode").text().set("soap:Server");
  fault.append_child("faultstring").text().set("Erreur");
  return fault.append_child("detail");
}

std::string SoapMessage::Bytes() const {
  Text out;
  document_.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(out.text);
}

absl::StatusOr<pugi::xml_node> ReadSoap(std::string_view xml, pugi::xml_document& document) {
  if (xml.starts_with("\xEF\xBB\xBF")) xml.remove_prefix(3);
  if (absl::Status guarded = Guard(xml); !guarded.ok()) return guarded;
  const unsigned flags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                         pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;
  if (!document.load_buffer(xml.data(), xml.size(), flags, pugi::encoding_utf8)) {
    return absl::InvalidArgumentError("the XML is not well-formed");
  }
  absl::Status trouble;
  Reader outside(document, kSoap, "", trouble);
  if (!outside.Next("Envelope")) return absl::InvalidArgumentError("no SOAP envelope");
  Reader envelope(outside.TakeNode(), kSoap, "Envelope", trouble);
  outside.End();
  if (!envelope.Next("Body")) return absl::InvalidArgumentError("Envelope/Body: missing");
  const pugi::xml_node body = envelope.TakeNode();
  envelope.End();
  if (!trouble.ok()) return trouble;
  return body;
}

bool IsFault(pugi::xml_node body) {
  absl::Status ignored;
  return Reader(body, kSoap, "Body", ignored).Next("Fault");
}

pugi::xml_node FaultDetail(pugi::xml_node body, absl::Status& trouble) {
  Reader outside(body, kSoap, "Body", trouble);
  // SOAP 1.1 has the parts of a fault without a namespace.
  Reader fault(outside.TakeNode(), "", "Fault", trouble);
  outside.End();
  std::string ignored;
  fault.Text("faultcode", ignored);
  fault.Text("faultstring", ignored);
  fault.Text("faultactor", ignored);
  if (!fault.Next("detail")) {
    fault.Wrong("detail", "missing");
    return {};
  }
  const pugi::xml_node detail = fault.TakeNode();
  fault.End();
  return detail;
}

}  // namespace ecluse::exchange
