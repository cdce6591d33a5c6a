// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iterator>
#include <string_view>

#include "proto/problem.h"

// Every rule that Check() and the codec know, save those of B2: its name, how bad a breach is, who
// says so, and its texts. "Écluse" marks the rules that are ours; README.md says why we have them.
namespace ecluse::content {

struct Rule {
  std::string_view name;  // stable: programs may compare it
  Severity severity;
  std::string_view source;  // empty: the operator's profile
  std::string_view french;  // characters of ISO-8859-1 only
  std::string_view english;
};

inline constexpr std::string_view kOurs = "Écluse";

inline constexpr Rule kRules[] = {
    // What the destination takes.
    {"kind.taken", Severity::kError, "", "cet opérateur ne prend pas ici ce genre de demande",
     "this operator does not take this kind of request here"},
    {"format.taken", Severity::kError, "", "cet opérateur ne prend pas ici ce format",
     "this operator does not take this format here"},
    {"format.kind", Severity::kError, kOurs,
     "un contenu de ce format ne peut pas être une demande de cette nature",
     "a content of this format can not be a request of this kind"},
    {"size.most", Severity::kError, "", "le contenu est trop volumineux",
     "the content is too large"},
    {"quotation.creates", Severity::kError, "",
     "chez cet opérateur un devis crée déjà la prise en charge : déposez la demande elle-même",
     "at this operator a quotation already creates the authorisation: deposit the request itself"},
    {"lines.most", Severity::kError, "", "trop de lignes dans une demande",
     "too many lines in one request"},
    {"equipments.most", Severity::kError, "", "trop d'équipements dans une demande",
     "too many pieces of equipment in one request"},
    // Reading the bytes.
    {"content.readable", Severity::kError, kOurs, "ce contenu est illisible dans ce format",
     "the content can not be read in this format"},
    {"content.version", Severity::kError, kOurs, "ce contenu a une autre version que la version 1",
     "the content has another version than version 1"},
    {"content.kind", Severity::kError, kOurs, "le contenu n'est pas de la nature annoncée",
     "the content is not of the kind that was announced"},
    {"content.text", Severity::kError, kOurs, "un texte contient des caractères interdits",
     "a text has forbidden characters"},
    {"content.length", Severity::kError, kOurs, "un texte est trop long", "a text is too long"},
    {"content.count", Severity::kError, kOurs, "une liste est trop longue", "a list is too long"},
    {"content.value", Severity::kError, kOurs, "cette valeur n'est pas dans la liste",
     "the value is not in the list"},
    {"problems.more", Severity::kWarning, kOurs, "autres problèmes, qui ne sont pas détaillés",
     "more problems, which are not told one by one"},
    // What has to be there.
    {"field.missing", Severity::kError, kOurs, "cette donnée est obligatoire",
     "the value must be there"},
    {"field.unwanted", Severity::kWarning, "", "l'opérateur n'a pas besoin de cette donnée",
     "the operator does not need the value"},
    {"consent.missing", Severity::kError, "OptoAMC",
     "l'accord du patient pour la transmission est obligatoire",
     "the patient's consent to the transmission must be there"},
    // Numbers of people and organisations.
    {"finess.shape", Severity::kError, "FINESS",
     "un numéro FINESS a neuf chiffres, ou 2A ou 2B et sept chiffres",
     "a FINESS number has nine digits, or 2A or 2B and seven digits"},
    {"finess.key", Severity::kError, "FINESS", "la clé du numéro FINESS est fausse",
     "the key does not fit the FINESS number"},
    {"siret.shape", Severity::kError, "SIRET", "un numéro SIRET a quatorze chiffres",
     "a SIRET number has fourteen digits"},
    {"siret.key", Severity::kError, "SIRET", "la clé du numéro SIRET est fausse",
     "the key does not fit the SIRET number"},
    {"iban.shape", Severity::kError, "ISO 13616",
     "un IBAN a deux lettres, deux chiffres et jusqu'à trente caractères, sans espaces ; "
     "un IBAN français en a vingt-sept en tout",
     "an IBAN has two letters, two digits and up to thirty characters, without spaces; "
     "a French one has twenty-seven in all"},
    {"iban.key", Severity::kError, "ISO 13616", "la clé de l'IBAN est fausse",
     "the key does not fit the IBAN"},
    {"rpps.shape", Severity::kError, "RPPS", "un numéro RPPS a onze chiffres",
     "an RPPS number has eleven digits"},
    {"rpps.key", Severity::kError, "RPPS", "la clé du numéro RPPS est fausse",
     "the key does not fit the RPPS number"},
    {"adeli.shape", Severity::kError, "ADELI",
     "un numéro ADELI a neuf caractères, chiffres ou lettres A à F",
     "an ADELI number has nine characters, digits or letters A to F"},
    {"adeli.key", Severity::kError, "ADELI", "la clé du numéro ADELI est fausse",
     "the key does not fit the ADELI number"},
    {"nir.shape", Severity::kError, "NIR", "un NIR a treize chiffres, avec 2A ou 2B pour la Corse",
     "a NIR has thirteen digits, with 2A or 2B for Corsica"},
    {"nir.key", Severity::kError, "NIR", "la clé du NIR est fausse",
     "the key does not fit the NIR"},
    {"nir.first", Severity::kWarning, "NIR",
     "peu de logiciels acceptent un NIR qui commence ainsi : est-ce un numéro provisoire ?",
     "few programs accept a NIR with this first digit: is it a temporary number?"},
    {"birth.shape", Severity::kError, kOurs, "une date de naissance a huit chiffres, AAAAMMJJ",
     "a birth date has eight digits, YYYYMMDD"},
    {"birth.future", Severity::kError, kOurs, "la date de naissance est dans le futur",
     "the birth date is in the future"},
    {"birth.rank", Severity::kError, "B2", "un rang de naissance va de 1 à 9",
     "a birth rank is 1 to 9"},
    {"amc.shape", Severity::kError, "B2",
     "un numéro de complémentaire (AMC) a dix chiffres au plus",
     "the number of a complementary insurer (AMC) has ten digits at most"},
    {"amc.key", Severity::kWarning, "B2",
     "la clé du numéro AMC ne suit pas la règle usuelle : vérifiez le numéro",
     "the key of the AMC number does not follow the usual rule: look at the number again"},
    {"convention.shape", Severity::kWarning, kOurs, "un type de convention a deux lettres",
     "a convention type has two letters"},
    {"amo.shape", Severity::kError, "B2",
     "le régime a deux chiffres, la caisse trois, le centre quatre",
     "a regime has two digits, a fund three, a centre four"},
    // Codes of products and acts.
    {"lpp.shape", Severity::kError, "LPP", "un code LPP a sept chiffres",
     "an LPP code has seven digits"},
    {"cip13.shape", Severity::kError, "CIP",
     "un code CIP13 a treize chiffres et commence par 34009",
     "a CIP13 code has thirteen digits and begins with 34009"},
    {"cip13.key", Severity::kError, "CIP", "la clé du code CIP13 est fausse",
     "the key does not fit the CIP13 code"},
    {"ccam.shape", Severity::kError, "CCAM",
     "un code CCAM a quatre lettres et trois chiffres, puis -activité et -phase s'il y a lieu",
     "a CCAM code has four letters and three digits, then -activity and -phase where known"},
    {"ngap.shape", Severity::kError, "B2", "une lettre-clé NGAP a une à cinq lettres ou chiffres",
     "an NGAP key letter has one to five letters or digits"},
    // Days.
    {"date.real", Severity::kError, kOurs, "cette date n'existe pas", "there is no such day"},
    {"date.future", Severity::kError, kOurs, "cette date est dans le futur",
     "the day is in the future"},
    {"date.order", Severity::kError, kOurs,
     "cette date n'est pas dans le bon ordre avec les autres",
     "the day is out of order with the others"},
    {"rights.valid", Severity::kWarning, kOurs, "les droits ne couvrent pas le jour de la demande",
     "the rights do not cover the day of the request"},
    // Amounts, counts.
    {"amount.range", Severity::kError, kOurs, "un montant va de 0 à 9 999 999,99 euros",
     "an amount is 0 to 9,999,999.99 euros"},
    {"amount.shares", Severity::kError, kOurs, "les parts dépassent le prix",
     "the shares are above the price"},
    {"amount.base", Severity::kWarning, kOurs,
     "la part obligatoire dépasse la base de remboursement",
     "the compulsory share is above its base"},
    {"total.sum", Severity::kError, kOurs, "le total n'est pas la somme des lignes",
     "the total is not the sum of the lines"},
    {"quantity.range", Severity::kError, kOurs, "une quantité va de 1 à 999",
     "a quantity is 1 to 999"},
    {"correction.range", Severity::kWarning, kOurs, "cette correction optique est inhabituelle",
     "the optical correction is unusual"},
    {"correction.side", Severity::kError, kOurs, "il faut dire de quel oeil est la correction",
     "a correction needs its eye"},
    // Invoices, documents.
    {"invoice.shape", Severity::kError, "B2", "un numéro de facture a neuf chiffres au plus",
     "an invoice number has nine digits at most"},
    {"invoice.zero", Severity::kError, "B2", "un numéro de facture n'est jamais zéro",
     "an invoice number is never zero"},
    {"invoice.same", Severity::kError, kOurs, "une facture rejetée revient sous un nouveau numéro",
     "a rejected invoice comes back under a new number"},
    {"document.type", Severity::kError, kOurs, "le type de la pièce (MIME) est absent ou mal écrit",
     "the document's media type is missing or badly written"},
};

// A rule by its name, looked up while compiling: a name that is in no table does not compile.
class RuleName {
 public:
  consteval RuleName(const char* name) : rule_(Find(name)) {}  // NOLINT: meant to be implicit
  const Rule* operator->() const { return rule_; }

 private:
  static consteval const Rule* Find(std::string_view name) {
    size_t i = 0;
    while (kRules[i].name != name) ++i;  // runs off the table, which no compiler lets pass
    return &kRules[i];
  }
  const Rule* rule_;
};

}  // namespace ecluse::content
