// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/civil_time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "proto/outcome.h"

// What practices ask and operators answer, in neutral words: no operator's own message. README.md
// maps the words to FHIR Claim and ClaimResponse. The broker's core never reads any of it; edges,
// adapters and practice software do.
//
// Native content (a message that certified software built) is carried byte for byte instead,
// under its own media type, for every kind.
namespace ecluse::content {

inline constexpr std::string_view kTyped = "application/vnd.ecluse.content";  // a Content
inline constexpr std::string_view kAnswer = "application/vnd.ecluse.answer";  // an Answer
inline constexpr std::string_view kB2 = "application/x-b2";  // a B2 file, 128-character records

// Euros in cents. Negative only where a field says so.
struct Money {
  int64_t cents = 0;
  auto operator<=>(const Money&) const = default;
};

using Day = absl::CivilDay;

struct Person {
  std::string surname;
  std::string first_name;
  std::string birth;        // YYYYMMDD; register offices know days that no calendar has
  uint32_t birth_rank = 1;  // of twins
  std::string nir;          // 13 characters, 2A and 2B for Corsica
  std::string nir_key;      // 2 digits
  bool operator==(const Person&) const = default;
};

struct Practitioner {
  std::string finess;  // 9 characters
  std::string siret;   // 14 digits; empty: not given, as everywhere below
  std::string rpps;    // 11 digits
  std::string adeli;   // 9 characters (numéro AM)
  bool operator==(const Practitioner&) const = default;
};

// What the card says. The NIR on an operator's card may differ from the Vitale card's; a bill uses
// the card's.
struct Rights {
  std::string amc;            // number of the complementary insurer
  std::string convention;     // convention type
  std::string csr;            // secondary routing criterion
  std::string member_number;  // numéro d'adhérent
  std::optional<Day> valid_from;
  std::optional<Day> valid_until;
  std::string regime;  // of the compulsory insurer: 2 digits
  std::string fund;    // 3 digits
  std::string centre;  // 4 digits
  bool operator==(const Rights&) const = default;
};

struct Prescription {
  std::optional<Day> date;
  std::string prescriber_rpps;
  std::string prescriber_adeli;
  bool renewal = false;
  bool operator==(const Prescription&) const = default;
};

enum class Side : uint8_t { kNone = 0, kLeft = 1, kRight = 2 };

// Hundredths of a dioptre; the axis in degrees.
struct Correction {
  int32_t sphere = 0;
  int32_t cylinder = 0;
  int32_t axis = 0;
  int32_t addition = 0;
  bool operator==(const Correction&) const = default;
};

enum class CodeSystem : uint8_t {
  kLpp = 1,      // 7 digits
  kCcam = 2,     // "BFGA004", with -activity and -phase where they are known
  kCip13 = 3,    // 13 digits
  kNgap = 4,     // letters of the act
  kGrouped = 5,  // grouped code, where detail would tell more than the operator may know
};

// One piece of equipment, product or act. Amounts are for the whole line.
struct Line {
  CodeSystem system = CodeSystem::kLpp;
  std::string code;
  std::string supplier_code;  // of the supplier of a lens or a device
  Side side = Side::kNone;    // which eye or ear
  uint32_t quantity = 1;
  std::optional<Day> day;  // of the care
  Money price;             // total, before any share
  Money base;              // what the compulsory insurer reckons with
  Money compulsory;        // its share (AMO)
  Money asked;             // of the complementary insurer (AMC)
  std::optional<Correction> correction;
  bool operator==(const Line&) const = default;
};

struct Totals {
  Money price;
  Money compulsory;
  Money asked;
  bool operator==(const Totals&) const = default;
};

// Demande de prise en charge: may this be supplied, and for how much?
struct Authorisation {
  Day asked_on;        // the date of the request, which is not the date of sending
  std::string domain;  // care domain: "optics", "audiology", "pharmacy"…
  Practitioner practitioner;
  Person opener;                      // of the rights (ouvrant droit); the insured
  std::optional<Person> beneficiary;  // nullopt: the opener
  Rights rights;
  Prescription prescription;
  std::vector<Line> lines;
  Totals totals;
  bool consent = false;  // the patient agreed to the transmission
  bool operator==(const Authorisation&) const = default;
};

// Devis, cotation: how much would it be? At some operators it creates an authorisation.
struct Quotation {
  Authorisation request;
  bool operator==(const Quotation&) const = default;
};

struct Cancellation {
  std::string authorisation_number;  // given by the operator
  std::string reason;                // for the operator; no patient's name
  bool operator==(const Cancellation&) const = default;
};

enum class DocumentKind : uint8_t {
  kOther = 0,
  kPrescription = 1,
  kQuotation = 2,
  kDeliveryNote = 3,
  kInvoice = 4,
};

// Pièce justificative.
struct Document {
  std::string authorisation_number;
  DocumentKind kind = DocumentKind::kOther;
  std::string media_type;
  std::string bytes;
  bool operator==(const Document&) const = default;
};

// Facture.
struct Invoice {
  std::string number;  // 9 digits at most, never zero; a rejected one comes back under a new number
  Day day;
  std::string replaces;              // number of the rejected invoice; empty: none
  std::string authorisation_number;  // empty: none was needed
  std::optional<Day> granted_on;
  std::string domain;
  Practitioner practitioner;
  Person opener;
  std::optional<Person> beneficiary;
  Rights rights;
  Prescription prescription;
  std::vector<Line> lines;
  Totals totals;
  std::string payee_account;  // IBAN without spaces that is to be paid; empty: the one they know
  bool operator==(const Invoice&) const = default;
};

using Content = std::variant<Authorisation, Quotation, Cancellation, Document, Invoice>;

// ---- answers ------------------------------------------------------------------------------

// Why something was refused, or what hinders it. Code and text are the operator's own.
struct Reason {
  std::string code;
  std::string text;
  bool operator==(const Reason&) const = default;
};

// A letter of the operator's: a grant, a refusal.
struct Letter {
  std::string media_type;  // application/pdf
  std::string bytes;
  bool operator==(const Letter&) const = default;
};

// Of a bill, by the payment return (NOEMIE): what was asked and what was paid.
struct Payment {
  std::string invoice_number;
  Money asked;
  Money paid;            // negative: taken back
  std::string transfer;  // label of the bank transfer
  std::optional<Day> paid_on;
  bool operator==(const Payment&) const = default;
};

// What an operator said, as far as it can be understood; `native` has its own bytes. Body of the
// outcomes Answered, Accepted and Rejected, and so of the practice's inbox entries.
struct Answer {
  Decision decision = Decision::kOther;
  std::string status;     // the operator's own word for it
  std::string reference;  // the operator's own for the request
  std::string authorisation_number;
  std::optional<Day> granted_on;
  std::optional<Day> valid_until;
  std::optional<Money> granted;
  std::vector<DocumentKind> wanted;  // documents that the operator waits for
  std::optional<Day> wanted_by;
  std::vector<Reason> reasons;
  std::vector<Letter> letters;
  std::vector<Payment> payments;
  std::string native_format;
  std::string native;
  bool operator==(const Answer&) const = default;
};

}  // namespace ecluse::content
