// SPDX-License-Identifier: Apache-2.0
#include "proto/content/codec.h"

#include <absl/status/status.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/wire_format_lite.h>

#include <utility>

#include "proto/content/codec_parts.h"
#include "proto/content/content.pb.h"
#include "proto/content/limits.h"
#include "proto/content/reading.h"
#include "proto/limits.h"

namespace ecluse::content {
namespace {

constexpr uint32_t kVersion = 1;
// The document of a content of the greatest size, and what is around it.
constexpr size_t kMostBytes = ecluse::limits::kContentBytes;

// Is all but the bytes of a document of a size that is quickly read? Millions of empty lines would
// keep the reader busy for seconds before anybody counted them.
bool IsSoonRead(std::string_view bytes) {
  if (bytes.size() <= limits::kBesideDocument) return true;
  using google::protobuf::internal::WireFormatLite;
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                                            static_cast<int>(bytes.size()));
  size_t beside = 0;
  while (const uint32_t tag = in.ReadTag()) {
    const int before = in.CurrentPosition();
    if (!WireFormatLite::SkipField(&in, tag)) return false;
    const bool document =
        WireFormatLite::GetTagFieldNumber(tag) == v1::Content::kDocumentFieldNumber;
    if (!document) beside += static_cast<size_t>(in.CurrentPosition() - before);
    if (beside > limits::kBesideDocument) return false;
  }
  return true;
}

struct PutBody {
  v1::Content* to;

  void operator()(const Authorisation& from) const { Put(from, to->mutable_authorisation()); }
  void operator()(const Quotation& from) const {
    Put(from.request, to->mutable_quotation()->mutable_request());
  }
  void operator()(const Cancellation& from) const {
    to->mutable_cancellation()->set_authorisation_number(from.authorisation_number);
    to->mutable_cancellation()->set_reason(from.reason);
  }
  void operator()(const Document& from) const {
    v1::Document* document = to->mutable_document();
    document->set_authorisation_number(from.authorisation_number);
    document->set_kind(static_cast<v1::DocumentKind>(from.kind));
    document->set_media_type(from.media_type);
    document->set_bytes(from.bytes);
  }
  void operator()(const Invoice& from) const { Put(from, to->mutable_invoice()); }
};

Cancellation GetCancellation(const v1::Cancellation& from, Reading& in) {
  const At at;
  return {in.Text(from.authorisation_number(), limits::kNumberBytes, at / "authorisation_number"),
          in.Text(from.reason(), limits::kTextBytes, at / "reason")};
}

// Takes the bytes out of `from`.
Document TakeDocument(v1::Document& from, Reading& in) {
  const At at;
  Document to;
  to.authorisation_number =
      in.Text(from.authorisation_number(), limits::kNumberBytes, at / "authorisation_number");
  to.kind = in.Enum(from.kind(), DocumentKind::kOther, DocumentKind::kInvoice, at / "kind");
  to.media_type = in.Text(from.media_type(), ecluse::limits::kFormatBytes, at / "media_type");
  to.bytes = std::move(*from.mutable_bytes());
  return to;
}

std::optional<Content> TakeBody(v1::Content& from, Reading& in) {
  switch (from.body_case()) {
    case v1::Content::kAuthorisation: {
      Authorisation to;
      Get(from.authorisation(), At{}, in, to);
      return to;
    }
    case v1::Content::kQuotation: {
      Quotation to;
      Get(from.quotation().request(), At{}, in, to.request);
      return to;
    }
    case v1::Content::kCancellation:
      return GetCancellation(from.cancellation(), in);
    case v1::Content::kDocument:
      return TakeDocument(*from.mutable_document(), in);
    case v1::Content::kInvoice: {
      Invoice to;
      Get(from.invoice(), At{}, in, to);
      return to;
    }
    case v1::Content::BODY_NOT_SET:
      break;
  }
  in.Fail(At{}, "content.readable");
  return std::nullopt;
}

}  // namespace

bool Parse(std::string_view bytes, google::protobuf::MessageLite& to) {
  // Protobuf tells stderr about text that is not UTF-8. A peer must not be able to fill a log.
  static const bool silent [[maybe_unused]] = (google::protobuf::SetLogHandler(nullptr), true);
  return to.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

std::string Encode(const Content& content) {
  v1::Content message;
  message.set_version(kVersion);
  std::visit(PutBody{&message}, content);
  return message.SerializeAsString();
}

Found ReadContent(std::string_view bytes) {
  Reading in;
  v1::Content message;
  Found found;
  if (bytes.size() > kMostBytes || !IsSoonRead(bytes)) {
    in.Fail(At{}, "size.most");
  } else if (!Parse(bytes, message)) {
    in.Fail(At{}, "content.readable");
  } else if (message.version() != kVersion) {
    in.Fail(At{}, "content.version");
  } else {
    found.content = TakeBody(message, in);
  }
  found.mistakes = std::move(in.mistakes());
  return found;
}

absl::StatusOr<Content> Decode(std::string_view bytes) {
  Found found = ReadContent(bytes);
  if (!found.mistakes.empty()) {
    const Mistake& first = found.mistakes.front();
    const std::string where = first.path.empty() ? "content" : first.path;
    return absl::InvalidArgumentError(where + ": " + std::string(first.rule->name));
  }
  return *std::move(found.content);
}

Kind KindOf(const Content& content) {
  constexpr Kind kKinds[] = {Kind::kAuthorisation, Kind::kQuotation, Kind::kCancellation,
                             Kind::kDocument, Kind::kBill};
  static_assert(std::size(kKinds) == std::variant_size_v<Content>);
  return kKinds[content.index()];
}

}  // namespace ecluse::content
