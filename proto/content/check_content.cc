// SPDX-License-Identifier: Apache-2.0
#include "proto/content/check_content.h"

#include "proto/content/check_parts.h"
#include "proto/content/keys.h"
#include "proto/shape.h"

namespace ecluse::content {
namespace {

const At kRoot;

void Need(bool there, const At& at, std::string_view source, Findings& out) {
  if (!there) out.Say(at, "field.missing", source);
}

// Warned of only: an authorisation may hold although rights have ended since.
void CheckCover(const Rights& rights, Day day, Findings& out) {
  const At at = kRoot / "rights";
  if (rights.valid_from && rights.valid_until && *rights.valid_until < *rights.valid_from) return;
  if (rights.valid_from && day < *rights.valid_from) out.Say(at / "valid_from", "rights.valid");
  if (rights.valid_until && *rights.valid_until < day) out.Say(at / "valid_until", "rights.valid");
}

// What authorisations and invoices have in common. `day`: of the request or the invoice.
template <class Request>
void CheckShared(const Request& request, Day day, Day today, Findings& out) {
  const At practitioner = kRoot / "practitioner", opener = kRoot / "opener";
  Need(!request.domain.empty(), kRoot / "domain", kOurs, out);
  Need(!request.practitioner.finess.empty(), practitioner / "finess", kOurs, out);
  Need(!request.opener.nir.empty() || !request.opener.nir_key.empty(), opener / "nir", kOurs, out);
  Need(!request.lines.empty(), kRoot / "lines", kOurs, out);
  CheckPractitioner(request.practitioner, practitioner, out);
  CheckPerson(request.opener, opener, today, out);
  if (request.beneficiary) {
    CheckPerson(*request.beneficiary, kRoot / "beneficiary", today, out);
  }
  CheckRights(request.rights, kRoot / "rights", out);
  CheckCover(request.rights, day, out);
  CheckPrescription(request.prescription, kRoot / "prescription", day, today, out);
  const At lines = kRoot / "lines";
  for (size_t i = 0; i < request.lines.size(); ++i) {
    CheckLine(request.lines[i], lines[static_cast<int>(i)], out);
  }
  CheckAmounts(request.lines, request.totals, out);
}

void CheckNumber(const std::string& number, const At& at, Findings& out) {
  if (number.size() > 9 || !AllDigits(number)) return out.Say(at, "invoice.shape");
  out.Require(number.find_first_not_of('0') != number.npos, at, "invoice.zero");
}

std::string_view WithoutZeros(std::string_view number) {
  return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

struct CheckBody {
  Day today;  // anywhere in France
  Findings& out;

  void operator()(const Authorisation& request) const {
    out.Require(request.asked_on <= today, kRoot / "asked_on", "date.future");
    CheckShared(request, out.Unread("asked_on") ? today : request.asked_on, today, out);
    out.Require(request.consent, kRoot / "consent", "consent.missing");
  }
  void operator()(const Quotation& quotation) const { (*this)(quotation.request); }

  // The number may be empty: a request that waits for its authorisation can't know it yet.
  void operator()(const Cancellation&) const {}

  void operator()(const Document& document) const {
    out.Require(IsFormat(document.media_type), kRoot / "media_type", "document.type");
    Need(!document.bytes.empty(), kRoot / "bytes", kOurs, out);
  }

  void operator()(const Invoice& invoice) const {
    const At number = kRoot / "number", replaces = kRoot / "replaces";
    out.Require(invoice.day <= today, kRoot / "day", "date.future");
    if (invoice.number.empty()) {
      Need(false, number, "B2", out);
    } else {
      CheckNumber(invoice.number, number, out);
    }
    if (!invoice.replaces.empty()) {
      CheckNumber(invoice.replaces, replaces, out);
      out.Require(WithoutZeros(invoice.replaces) != WithoutZeros(invoice.number), number,
                  "invoice.same");
    }
    CheckAccount(invoice.payee_account);
    CheckInsured(invoice);
    if (out.Unread("day")) return CheckShared(invoice, today, today, out);
    CheckDays(invoice);
    CheckShared(invoice, invoice.day, today, out);
  }

 private:
  void CheckAccount(const std::string& account) const {
    const At at = kRoot / "payee_account";
    if (account.empty()) return;
    if (!IsIban(account)) return out.Say(at, "iban.shape");
    out.Require(IbanFits(account), at, "iban.key");
  }

  void CheckDays(const Invoice& invoice) const {
    if (invoice.granted_on) {
      out.Require(*invoice.granted_on <= invoice.day, kRoot / "granted_on", "date.order");
    }
    const At lines = kRoot / "lines";
    for (size_t i = 0; i < invoice.lines.size(); ++i) {
      const std::optional<Day>& care = invoice.lines[i].day;
      const At at = lines[static_cast<int>(i)];
      if (care) out.Require(*care <= invoice.day, at / "day", "date.order");
    }
  }

  // What a bill must tell of them, and an authorisation needn't.
  void CheckInsured(const Invoice& invoice) const {
    const At opener = kRoot / "opener", beneficiary = kRoot / "beneficiary";
    Need(!invoice.opener.nir_key.empty() || invoice.opener.nir.empty(), opener / "nir_key", "B2",
         out);
    const Person& patient = invoice.beneficiary.value_or(invoice.opener);
    Need(!patient.birth.empty(), (invoice.beneficiary ? beneficiary : opener) / "birth", "B2", out);
  }
};

}  // namespace

void CheckContent(const Content& content, Day today, Findings& out) {
  // East of Paris, in La Réunion or New Caledonia, it may be tomorrow already.
  std::visit(CheckBody{today + 1, out}, content);
}

}  // namespace ecluse::content
