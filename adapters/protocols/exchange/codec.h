// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "proto/content/content.h"

// The messages of the authorisation exchange, as plain values and as XML. The verbs are those of
// the public OPAMC message set (REQ, RSP, GET, DEL, ADV, FCTREC); how they are written is a
// DIALECT of ours, schema exchange.xsd, because the true OptoAMC schema is not public. codec.cc is
// the one file that knows it: who holds the norm replaces that file, and nothing else.
namespace ecluse::exchange {

// What a submission is about.
enum class Subject : uint8_t { kRequest = 1, kSupplement = 2, kCancellation = 3, kInvoice = 4 };

// In front of every message to the operator.
struct Head {
  std::string key;     // the submission key: never empty, the same for every attempt
  std::string finess;  // which of the practice's FINESS numbers sends
  bool operator==(const Head&) const = default;
};

// REQ, for an authorisation or a quotation.
struct Request {
  Head head;
  bool quotation = false;
  content::Authorisation asked;
  bool operator==(const Request&) const = default;
};

// REQ with a document to an earlier one. Dialect: the public set has no verb for documents.
struct Supplement {
  Head head;
  content::Document document;
  bool operator==(const Supplement&) const = default;
};

// A GET asks what became of the submission with this key.
struct Get {
  Head head;
  Subject about = Subject::kRequest;
  std::string followed;  // key of the authorisation that the submission belongs to; empty: none
  bool operator==(const Get&) const = default;
};

// DEL.
struct Cancel {
  Head head;
  content::Cancellation cancellation;
  bool operator==(const Cancel&) const = default;
};

// FCTREC.
struct Invoice {
  Head head;
  content::Invoice bill;
  bool operator==(const Invoice&) const = default;
};

using Call = std::variant<Request, Supplement, Get, Cancel, Invoice>;

// An RSP tells how a request stands. `decision`, `payments` and the native bytes of the answer are
// not part of the message: the operator's word is in `answer.status`.
struct Response {
  std::string key;           // of the submission that it speaks of
  uint64_t ask_after_s = 0;  // the operator asks not to be asked sooner; 0: it does not say
  std::string billed_by;     // key of the invoice that billed it; empty: none, or not told
  content::Answer answer;
  std::optional<content::Money> asked = {};  // by the request; nullopt: not told
  bool operator==(const Response&) const = default;
};

// An ADV tells what became of a cancellation.
struct CancelAcknowledgement {
  std::string key;
  std::string status;
  std::string authorisation_number;
  std::vector<content::Reason> reasons;
  bool operator==(const CancelAcknowledgement&) const = default;
};

// What a fault means. The classes are ours; so are their codes, until the norm's are known.
enum class FaultClass : uint8_t {
  kUnknown = 0,               // a code that is not in the table: nothing can be told from it
  kMalformed = 1,             // could not be read
  kInvalid = 2,               // read and refused as it is; not kept
  kUnknownAuthorisation = 3,  // the authorisation that it speaks of does not exist
  kLogin = 4,
  kPasswordChange = 5,  // the login is right, but its password must be changed first
  kAccountLocked = 6,
  kAccountNotOpen = 7,  // reopening goes account by account, and this one's turn has not come
  kClosed = 8,
  kMaintenance = 9,
  kNotOpenForThis = 10,  // open, but not yet for this verb
  kBusy = 11,
  kTechnical = 12,         // a technical refusal: no decision, nothing kept
  kUnknownReference = 13,  // no submission with the key that it names
  kDuplicate = 14,         // the submission with the key that it names is there already
  kSameContent = 15,       // its content is there under another key, and was not taken again
};

// Whom to call. Source: the Inter-AMC frame CI_SEL_AMC 1.2, where <Erreur2> adds it to <Erreur>.
struct Contact {
  std::string name;
  std::string phone;
  std::string mail;
  bool operator==(const Contact&) const = default;
};

// An error, inside a SOAP fault.
struct Fault {
  std::string code;
  std::string text;
  std::string key;             // of the submission that it speaks of; empty: it could not be read
  uint64_t retry_after_s = 0;  // 0: it does not say
  Contact contact;
  bool operator==(const Fault&) const = default;
};

FaultClass ClassOf(std::string_view code);
std::string CodeOf(FaultClass fault);  // empty for kUnknown

using Reply = std::variant<Response, CancelAcknowledgement, Fault>;

// "text/xml; charset=utf-8", as SOAP 1.1 over HTTP wants it.
extern const std::string kMediaType;

// An error names the path of the element and the rule, never a value. What was encoded decodes to
// the same, except that line ends become "\n".
absl::StatusOr<std::string> EncodeCall(const Call& call);
absl::StatusOr<std::string> EncodeReply(const Reply& reply);
absl::StatusOr<Call> DecodeCall(std::string_view xml);
absl::StatusOr<Reply> DecodeReply(std::string_view xml);

}  // namespace ecluse::exchange
