// SPDX-License-Identifier: Apache-2.0
#include "proto/content/leaves.h"

#include <utility>

namespace ecluse::content {
namespace {

// Collects the values of one group after the other.
class Collector {
 public:
  // The values that follow are `pattern` + name in requirements and `path` + name in problems.
  void Group(std::string pattern, std::string path, int line = -1) {
    pattern_ = std::move(pattern);
    path_ = std::move(path);
    line_ = line;
  }
  void Group(const std::string& prefix) { Group(prefix, prefix); }

  void Is(const char* name, bool present, std::string value = {}) {
    leaves_.push_back({pattern_ + name, line_, present, std::move(value), path_ + name});
  }
  void Of(const char* name, const std::string& text) { Is(name, !text.empty(), text); }
  void Of(const char* name, const std::optional<Day>& day) { Is(name, day.has_value()); }
  void Of(const char* name, Money money) { Is(name, money.cents != 0); }
  void Of(const char* name, bool yes) { Is(name, yes, yes ? "true" : "false"); }

  std::vector<Leaf> Take() { return std::move(leaves_); }

 private:
  std::string pattern_, path_;
  int line_ = -1;
  std::vector<Leaf> leaves_;
};

std::string NameOf(CodeSystem system) {
  constexpr const char* kNames[] = {"", "lpp", "ccam", "cip13", "ngap", "grouped"};
  return kNames[static_cast<size_t>(system)];
}

std::string NameOf(Side side) {
  constexpr const char* kNames[] = {"none", "left", "right"};
  return kNames[static_cast<size_t>(side)];
}

std::string NameOf(DocumentKind kind) {
  constexpr const char* kNames[] = {"other", "prescription", "quotation", "delivery_note",
                                    "invoice"};
  return kNames[static_cast<size_t>(kind)];
}

void Collect(const Person& person, Collector& out) {
  out.Of("surname", person.surname);
  out.Of("first_name", person.first_name);
  out.Of("birth", person.birth);
  out.Is("birth_rank", person.birth_rank != 0);
  out.Of("nir", person.nir);
  out.Of("nir_key", person.nir_key);
}

void Collect(const Rights& rights, Collector& out) {
  out.Of("amc", rights.amc);
  out.Of("convention", rights.convention);
  out.Of("csr", rights.csr);
  out.Of("member_number", rights.member_number);
  out.Of("valid_from", rights.valid_from);
  out.Of("valid_until", rights.valid_until);
  out.Of("regime", rights.regime);
  out.Of("fund", rights.fund);
  out.Of("centre", rights.centre);
}

void Collect(const Line& line, int number, Collector& out) {
  const std::string path = "lines[" + std::to_string(number) + "].";
  out.Group("lines[].", path, number);
  out.Is("system", true, NameOf(line.system));
  out.Of("code", line.code);
  out.Of("supplier_code", line.supplier_code);
  out.Is("side", line.side != Side::kNone, NameOf(line.side));
  out.Is("quantity", line.quantity != 0);
  out.Of("day", line.day);
  out.Of("price", line.price);
  out.Of("base", line.base);
  out.Of("compulsory", line.compulsory);
  out.Of("asked", line.asked);
  out.Is("correction", line.correction.has_value());
  const Correction seen = line.correction.value_or(Correction());
  out.Group("lines[].correction.", path + "correction.", number);
  // Zero is a correction like another, save for what many do not have.
  out.Is("sphere", line.correction.has_value());
  out.Is("cylinder", seen.cylinder != 0);
  out.Is("axis", seen.axis != 0);
  out.Is("addition", seen.addition != 0);
}

template <class Request>
void CollectShared(const Request& request, Collector& out) {
  out.Of("domain", request.domain);
  out.Is("beneficiary", request.beneficiary.has_value());
  out.Is("lines", !request.lines.empty());
  out.Group("practitioner.");
  out.Of("finess", request.practitioner.finess);
  out.Of("siret", request.practitioner.siret);
  out.Of("rpps", request.practitioner.rpps);
  out.Of("adeli", request.practitioner.adeli);
  out.Group("opener.");
  Collect(request.opener, out);
  out.Group("beneficiary.", request.beneficiary ? "beneficiary." : "opener.");
  Collect(request.beneficiary ? *request.beneficiary : request.opener, out);
  out.Group("rights.");
  Collect(request.rights, out);
  out.Group("prescription.");
  out.Of("date", request.prescription.date);
  out.Of("prescriber_rpps", request.prescription.prescriber_rpps);
  out.Of("prescriber_adeli", request.prescription.prescriber_adeli);
  out.Of("renewal", request.prescription.renewal);
  out.Group("totals.");
  out.Of("price", request.totals.price);
  out.Of("compulsory", request.totals.compulsory);
  out.Of("asked", request.totals.asked);
  for (size_t i = 0; i < request.lines.size(); ++i) {
    Collect(request.lines[i], static_cast<int>(i), out);
  }
}

struct CollectBody {
  Collector& out;

  void operator()(const Authorisation& request) const {
    out.Is("asked_on", true);
    out.Of("consent", request.consent);
    CollectShared(request, out);
  }
  void operator()(const Quotation& quotation) const { (*this)(quotation.request); }
  void operator()(const Cancellation& cancellation) const {
    out.Of("authorisation_number", cancellation.authorisation_number);
    out.Of("reason", cancellation.reason);
  }
  void operator()(const Document& document) const {
    out.Of("authorisation_number", document.authorisation_number);
    out.Is("kind", true, NameOf(document.kind));
    out.Of("media_type", document.media_type);
    out.Is("bytes", !document.bytes.empty());
  }
  void operator()(const Invoice& invoice) const {
    out.Of("number", invoice.number);
    out.Is("day", true);
    out.Of("replaces", invoice.replaces);
    out.Of("authorisation_number", invoice.authorisation_number);
    out.Of("granted_on", invoice.granted_on);
    out.Of("payee_account", invoice.payee_account);
    CollectShared(invoice, out);
  }
};

}  // namespace

std::vector<Leaf> LeavesOf(const Content& content) {
  Collector out;
  std::visit(CollectBody{out}, content);
  return out.Take();
}

}  // namespace ecluse::content
