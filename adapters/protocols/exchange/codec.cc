// SPDX-License-Identifier: Apache-2.0
//
// THE DIALECT. Every element name, word and code of the authorisation exchange stands here and in
// exchange.xsd, and nowhere else. Facts: the verbs (public OPAMC set); that errors travel in a
// SOAP fault as <Erreur>, replaced by <Erreur2> with a contact of the insurer (CI_SEL_AMC 1.2).
// Everything else is invented: names, order, code lists, the SOAP envelope, the submission key.
#include "adapters/protocols/exchange/codec.h"

#include "adapters/protocols/exchange/soap.h"
#include "adapters/protocols/exchange/xml.h"

namespace ecluse::exchange {
namespace {

using content::CodeSystem;
using content::DocumentKind;
using content::Side;

constexpr char kSpace[] = "urn:ecluse:dialect:exchange:1";

constexpr Wording<Subject> kSubjects[] = {{Subject::kRequest, "demande"},
                                          {Subject::kSupplement, "piece"},
                                          {Subject::kCancellation, "annulation"},
                                          {Subject::kInvoice, "facture"}};
enum class Purpose : uint8_t { kGrant, kQuotation, kDocument };
constexpr Wording<Purpose> kPurposes[] = {
    {Purpose::kGrant, "accord"}, {Purpose::kQuotation, "devis"}, {Purpose::kDocument, "piece"}};
constexpr Wording<Side> kSides[] = {
    {Side::kNone, "aucun"}, {Side::kLeft, "gauche"}, {Side::kRight, "droit"}};
constexpr Wording<CodeSystem> kSystems[] = {{CodeSystem::kLpp, "LPP"},
                                            {CodeSystem::kCcam, "CCAM"},
                                            {CodeSystem::kCip13, "CIP13"},
                                            {CodeSystem::kNgap, "NGAP"},
                                            {CodeSystem::kGrouped, "REGROUPEMENT"}};
constexpr Wording<DocumentKind> kDocuments[] = {{DocumentKind::kOther, "autre"},
                                                {DocumentKind::kPrescription, "ordonnance"},
                                                {DocumentKind::kQuotation, "devis"},
                                                {DocumentKind::kDeliveryNote, "bon-livraison"},
                                                {DocumentKind::kInvoice, "facture"}};
constexpr Wording<FaultClass> kFaults[] = {
    {FaultClass::kMalformed, "MESSAGE-ILLISIBLE"},
    {FaultClass::kInvalid, "MESSAGE-INVALIDE"},
    {FaultClass::kUnknownAuthorisation, "ACCORD-INCONNU"},
    {FaultClass::kLogin, "CONNEXION-REFUSEE"},
    {FaultClass::kPasswordChange, "MOT-DE-PASSE-A-CHANGER"},
    {FaultClass::kAccountLocked, "COMPTE-BLOQUE"},
    {FaultClass::kAccountNotOpen, "COMPTE-NON-ROUVERT"},
    {FaultClass::kClosed, "SERVICE-FERME"},
    {FaultClass::kMaintenance, "SERVICE-EN-MAINTENANCE"},
    {FaultClass::kNotOpenForThis, "SERVICE-PAS-ENCORE-OUVERT"},
    {FaultClass::kBusy, "TROP-DE-DEMANDES"},
    {FaultClass::kTechnical, "REFUS-TECHNIQUE"},
    {FaultClass::kUnknownReference, "CLE-INCONNUE"},
    {FaultClass::kDuplicate, "CLE-DEJA-RECUE"},
    {FaultClass::kSameContent, "CONTENU-DEJA-RECU"}};

// ---- the walks: each describes a part of a message, for writing and for reading --------------

constexpr auto kHead = [](auto& io, auto& head) {
  io.Must("Cle", head.key);
  io.Text("Finess", head.finess);
};
constexpr auto kPerson = [](auto& io, auto& person) {
  io.Text("Nom", person.surname);
  io.Text("Prenom", person.first_name);
  io.Text("DateNaissance", person.birth);
  io.Whole("RangNaissance", person.birth_rank);
  io.Text("Nir", person.nir);
  io.Text("CleNir", person.nir_key);
};
constexpr auto kPractitioner = [](auto& io, auto& p) {
  io.Text("Finess", p.finess);
  io.Text("Siret", p.siret);
  io.Text("Rpps", p.rpps);
  io.Text("Adeli", p.adeli);
};
constexpr auto kRights = [](auto& io, auto& rights) {
  io.Text("NumeroAmc", rights.amc);
  io.Text("TypeConvention", rights.convention);
  io.Text("Csr", rights.csr);
  io.Text("NumeroAdherent", rights.member_number);
  io.Date("DebutValidite", rights.valid_from);
  io.Date("FinValidite", rights.valid_until);
  io.Text("Regime", rights.regime);
  io.Text("Caisse", rights.fund);
  io.Text("Centre", rights.centre);
};
constexpr auto kPrescription = [](auto& io, auto& prescription) {
  io.Date("Date", prescription.date);
  io.Text("RppsPrescripteur", prescription.prescriber_rpps);
  io.Text("AdeliPrescripteur", prescription.prescriber_adeli);
  io.Flag("Renouvellement", prescription.renewal);
};
constexpr auto kCorrection = [](auto& io, auto& correction) {
  io.Whole("Sphere", correction.sphere);
  io.Whole("Cylindre", correction.cylinder);
  io.Whole("Axe", correction.axis);
  io.Whole("Addition", correction.addition);
};
constexpr auto kLine = [](auto& io, auto& line) {
  io.Word("Nomenclature", line.system, kSystems);
  io.Text("Code", line.code);
  io.Text("CodeFournisseur", line.supplier_code);
  io.Word("Cote", line.side, kSides);
  io.Whole("Quantite", line.quantity);
  io.Date("DateSoins", line.day);
  io.Sum("Prix", line.price);
  io.Sum("BaseRemboursement", line.base);
  io.Sum("MontantAmo", line.compulsory);
  io.Sum("MontantDemande", line.asked);
  io.Maybe("Correction", line.correction, kCorrection);
};
constexpr auto kTotals = [](auto& io, auto& totals) {
  io.Sum("Prix", totals.price);
  io.Sum("MontantAmo", totals.compulsory);
  io.Sum("MontantDemande", totals.asked);
};
// What a request and an invoice have in common.
constexpr auto kCare = [](auto& io, auto& care) {
  io.Text("Domaine", care.domain);
  io.One("Professionnel", care.practitioner, kPractitioner);
  io.One("Assure", care.opener, kPerson);
  io.Maybe("Beneficiaire", care.beneficiary, kPerson);
  io.One("Droits", care.rights, kRights);
  io.One("Prescription", care.prescription, kPrescription);
  io.Each("Ligne", care.lines, kLine);
  io.One("Totaux", care.totals, kTotals);
};
constexpr auto kAuthorisation = [](auto& io, auto& asked) {
  io.Date("DateDemande", asked.asked_on);
  kCare(io, asked);
  io.Flag("Consentement", asked.consent);
};
constexpr auto kDocument = [](auto& io, auto& document) {
  io.Text("NumeroAccord", document.authorisation_number);
  io.Word("Nature", document.kind, kDocuments);
  io.Text("Type", document.media_type);
  io.Bytes("Contenu", document.bytes);
};
constexpr auto kBill = [](auto& io, auto& bill) {
  io.Text("Numero", bill.number);
  io.Date("Date", bill.day);
  io.Text("Remplace", bill.replaces);
  io.Text("NumeroAccord", bill.authorisation_number);
  io.Date("DateAccord", bill.granted_on);
  kCare(io, bill);
};
constexpr auto kReason = [](auto& io, auto& reason) {
  io.Text("Code", reason.code);
  io.Text("Libelle", reason.text);
};
constexpr auto kLetter = [](auto& io, auto& letter) {
  io.Text("Type", letter.media_type);
  io.Bytes("Contenu", letter.bytes);
};
constexpr auto kContact = [](auto& io, auto& contact) {
  io.Text("Nom", contact.name);
  io.Text("Telephone", contact.phone);
  io.Text("Courriel", contact.mail);
};

// ---- the messages ----------------------------------------------------------------------------

constexpr auto kGet = [](auto& io, auto& get) {
  io.One("Entete", get.head, kHead);
  io.Word("Objet", get.about, kSubjects);
  io.Text("CleSuivie", get.followed);
};
constexpr auto kCancel = [](auto& io, auto& cancel) {
  io.One("Entete", cancel.head, kHead);
  io.Text("NumeroAccord", cancel.cancellation.authorisation_number);
  io.Text("Motif", cancel.cancellation.reason);
};
constexpr auto kInvoice = [](auto& io, auto& invoice) {
  io.One("Entete", invoice.head, kHead);
  io.One("Facture", invoice.bill, kBill);
};
constexpr auto kResponse = [](auto& io, auto& response) {
  auto& answer = response.answer;
  io.Must("Cle", response.key);
  io.Whole("ReessayerDans", response.ask_after_s);
  io.Text("CleFacture", response.billed_by);
  io.Must("Statut", answer.status);
  io.Text("Reference", answer.reference);
  io.Text("NumeroAccord", answer.authorisation_number);
  io.Date("DateAccord", answer.granted_on);
  io.Date("FinValidite", answer.valid_until);
  io.Sum("MontantDemande", response.asked);
  io.Sum("MontantAccorde", answer.granted);
  io.Words("PieceAttendue", answer.wanted, kDocuments);
  io.Date("PiecesAvant", answer.wanted_by);
  io.Each("Motif", answer.reasons, kReason);
  io.Each("Courrier", answer.letters, kLetter);
};
constexpr auto kAcknowledgement = [](auto& io, auto& said) {
  io.Must("Cle", said.key);
  io.Must("Statut", said.status);
  io.Text("NumeroAccord", said.authorisation_number);
  io.Each("Motif", said.reasons, kReason);
};
constexpr auto kError = [](auto& io, auto& fault) {
  io.Must("Code", fault.code);
  io.Text("Libelle", fault.text);
  io.Text("Cle", fault.key);
  io.Whole("ReessayerDans", fault.retry_after_s);
};
constexpr auto kError2 = [](auto& io, auto& fault) {
  kError(io, fault);
  io.One("Contact", fault.contact, kContact);
};

// A REQ holds a request or a document; its purpose tells which.
struct Req {
  Head head;
  Purpose purpose = Purpose::kGrant;
  content::Authorisation asked;
  content::Document document;
};
constexpr auto kReq = [](auto& io, auto& req) {
  io.One("Entete", req.head, kHead);
  io.Word("Objet", req.purpose, kPurposes);
  if (req.purpose == Purpose::kDocument) {
    io.One("Piece", req.document, kDocument);
  } else {
    io.One("Demande", req.asked, kAuthorisation);
  }
};

// ---- writing ---------------------------------------------------------------------------------

template <class T, class Walk>
absl::Status WriteInto(pugi::xml_node at, const char* name, const T& message, Walk walk) {
  auto node = at.append_child(name);
  node.append_attribute("xmlns") = kSpace;
  absl::Status trouble;
  Writer writer(node, name, trouble);
  walk(writer, message);
  return trouble;
}

template <class T, class Walk>
absl::StatusOr<std::string> WriteWhole(const char* name, const T& message, Walk walk) {
  SoapMessage soap;
  const absl::Status written = WriteInto(soap.body(), name, message, walk);
  if (!written.ok()) return written;
  return soap.Bytes();
}

struct Write {
  absl::StatusOr<std::string> operator()(const Request& request) const {
    const auto purpose = request.quotation ? Purpose::kQuotation : Purpose::kGrant;
    return WriteWhole("REQ", Req{request.head, purpose, request.asked, {}}, kReq);
  }
  absl::StatusOr<std::string> operator()(const Supplement& supplement) const {
    const Req req{supplement.head, Purpose::kDocument, {}, supplement.document};
    return WriteWhole("REQ", req, kReq);
  }
  absl::StatusOr<std::string> operator()(const Get& get) const {
    return WriteWhole("GET", get, kGet);
  }
  absl::StatusOr<std::string> operator()(const Cancel& cancel) const {
    return WriteWhole("DEL", cancel, kCancel);
  }
  absl::StatusOr<std::string> operator()(const Invoice& invoice) const {
    return WriteWhole("FCTREC", invoice, kInvoice);
  }
  absl::StatusOr<std::string> operator()(const Response& response) const {
    return WriteWhole("RSP", response, kResponse);
  }
  absl::StatusOr<std::string> operator()(const CancelAcknowledgement& said) const {
    return WriteWhole("ADV", said, kAcknowledgement);
  }
  absl::StatusOr<std::string> operator()(const Fault& fault) const {
    SoapMessage soap;
    const absl::Status written = WriteInto(soap.AddFault(), "Erreur2", fault, kError2);
    if (!written.ok()) return written;
    return soap.Bytes();
  }
};

// ---- reading ---------------------------------------------------------------------------------

template <class T, class Walk>
void Take(Reader& body, const char* name, T& message, Walk walk) {
  body.One(name, message, walk);
  body.End();
}

Fault ReadFault(pugi::xml_node at, absl::Status& trouble) {
  Fault fault;
  Reader detail(FaultDetail(at, trouble), kSpace, "Fault/detail", trouble);
  if (detail.Next("Erreur")) {
    Take(detail, "Erreur", fault, kError);
  } else {
    Take(detail, "Erreur2", fault, kError2);
  }
  return fault;
}

}  // namespace

const std::string kMediaType = "text/xml; charset=utf-8";

FaultClass ClassOf(std::string_view code) {
  for (const auto& [fault, word] : kFaults) {
    if (code == word) return fault;
  }
  return FaultClass::kUnknown;
}

std::string CodeOf(FaultClass fault) {
  for (const auto& [known, word] : kFaults) {
    if (fault == known) return word;
  }
  return "";
}

absl::StatusOr<std::string> EncodeCall(const Call& call) { return std::visit(Write{}, call); }
absl::StatusOr<std::string> EncodeReply(const Reply& reply) { return std::visit(Write{}, reply); }

absl::StatusOr<Call> DecodeCall(std::string_view xml) {
  pugi::xml_document document;
  const auto node = ReadSoap(xml, document);
  if (!node.ok()) return node.status();
  absl::Status trouble;
  Reader body(*node, kSpace, "Body", trouble);
  Call call;
  if (body.Next("REQ")) {
    Req req;
    Take(body, "REQ", req, kReq);
    if (req.purpose == Purpose::kDocument) {
      call = Supplement{req.head, req.document};
    } else {
      call = Request{req.head, req.purpose == Purpose::kQuotation, req.asked};
    }
  } else if (body.Next("DEL")) {
    Take(body, "DEL", call.emplace<Cancel>(), kCancel);
  } else if (body.Next("FCTREC")) {
    Take(body, "FCTREC", call.emplace<Invoice>(), kInvoice);
  } else {
    Take(body, "GET", call.emplace<Get>(), kGet);
  }
  if (!trouble.ok()) return trouble;
  return call;
}

absl::StatusOr<Reply> DecodeReply(std::string_view xml) {
  pugi::xml_document document;
  const auto node = ReadSoap(xml, document);
  if (!node.ok()) return node.status();
  absl::Status trouble;
  Reader body(*node, kSpace, "Body", trouble);
  Reply reply;
  if (IsFault(*node)) {
    reply = ReadFault(*node, trouble);
  } else if (body.Next("ADV")) {
    Take(body, "ADV", reply.emplace<CancelAcknowledgement>(), kAcknowledgement);
  } else {
    Take(body, "RSP", reply.emplace<Response>(), kResponse);
  }
  if (!trouble.ok()) return trouble;
  return reply;
}

}  // namespace ecluse::exchange
