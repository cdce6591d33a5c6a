// SPDX-License-Identifier: Apache-2.0
#include "proto/content/b2_rules.h"

namespace ecluse::content {

static constexpr B2Rule kB2Rules[] = {
    {b2::Rule::kLength, "b2.length", "un enregistrement a 128 caractères, sans rien entre eux"},
    {b2::Rule::kCharacters, "b2.characters", "des caractères ne sont pas permis ici"},
    {b2::Rule::kMissing, "b2.missing", "cette donnée est obligatoire"},
    {b2::Rule::kAlignment, "b2.alignment", "un texte commence à gauche"},
    {b2::Rule::kDate, "b2.date", "ce n'est pas une date"},
    {b2::Rule::kOrder, "b2.order", "un enregistrement n'est pas à sa place"},
    {b2::Rule::kLimit, "b2.limit", "il y en a trop, ou aucun"},
    {b2::Rule::kSequence, "b2.sequence", "les numéros d'ordre ne montent pas"},
    {b2::Rule::kInvoiceZero, "b2.invoice_zero", "le numéro de facture est zéro"},
    {b2::Rule::kInvoiceRepeated, "b2.invoice_repeated",
     "ce numéro de facture a déjà servi dans ce fichier"},
    {b2::Rule::kInvoiceDiffers, "b2.invoice_differs",
     "ce n'est pas le numéro de facture de l'en-tête"},
    {b2::Rule::kPersonDiffers, "b2.person_differs", "ce n'est pas l'assuré de l'en-tête"},
    {b2::Rule::kProviderDiffers, "b2.provider_differs", "ce n'est pas le prestataire de l'en-tête"},
    {b2::Rule::kNirKey, "b2.nir_key", "la clé du NIR est fausse"},
    {b2::Rule::kActorKey, "b2.actor_key", "la clé du numéro est fausse"},
    {b2::Rule::kCorsica, "b2.corsica", "un numéro de Corse s'écrit avec 2001 ou 2002"},
    {b2::Rule::kAmcLength, "b2.amc_length", "le numéro AMC a dix caractères"},
    {b2::Rule::kAmcKey, "b2.amc_key", "la clé du numéro AMC ne suit pas la règle usuelle"},
    {b2::Rule::kSum, "b2.sum", "ce n'est pas la somme de ce qui précède"},
    {b2::Rule::kCount, "b2.count", "ce n'est pas le nombre de ce qui est là"},
    {b2::Rule::kCountBaseOnly, "b2.count_base_only", "les compléments ne sont pas comptés"},
    {b2::Rule::kSplit, "b2.split",
     "la part complémentaire est facturée à part : elle n'a pas de montant ici"},
    {b2::Rule::kFrame, "b2.frame", "ce n'est pas ce que dit l'en-tête du fichier"},
    {b2::Rule::kLong, "b2.long", "il y a plus d'enregistrements que trois chiffres n'en comptent"},
};

std::span<const B2Rule> B2Rules() { return kB2Rules; }

std::string_view NameOf(b2::Rule rule) {
  for (const B2Rule& row : kB2Rules) {
    if (row.rule == rule) return row.name;
  }
  return "b2";
}

}  // namespace ecluse::content
