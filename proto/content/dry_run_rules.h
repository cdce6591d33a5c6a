// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proto/content/rules.h"

// What a dry run may find beyond what Check() finds: the same form of table. The sources are the
// adapter's to fill in.
namespace ecluse::content {

inline constexpr Rule kDryRunRules[] = {
    {"dry-run.unable", Severity::kWarning, "", "cet adaptateur ne sait pas vérifier sans envoyer",
     "this adapter can't check without sending"},
    {"dry-run.failed", Severity::kError, "",
     "l'adaptateur a échoué pendant la vérification : voir son journal",
     "the adapter failed while it checked: see its log"},
    {"dry-run.not-carried", Severity::kError, "", "cet adaptateur ne transporte pas ce service",
     "this adapter does not carry that service"},
    {"grant.differs", Severity::kError, "",
     "le numéro de prise en charge du contenu n'est pas celui de l'accord",
     "the authorisation number in the content is not the one of the grant"},
    {"grant.unknown", Severity::kWarning, "",
     "le numéro de l'accord n'est pas encore connu : il sera ajouté avant l'envoi",
     "the number of the grant is not known yet: it is added before sending"},
    {"bill.too-early", Severity::kWarning, "", "l'accord est trop récent : elle partira plus tard",
     "the grant is too young: it will go later"},
    {"operator.not-now", Severity::kWarning, "", "cet opérateur ne la prendrait pas maintenant",
     "this operator would not take it now"},
    {"operator.never", Severity::kError, "", "cet opérateur ne la prendra jamais telle quelle",
     "this operator will never take it as it is"},
    {"message.unwritable", Severity::kError, "", "le message pour l'opérateur ne peut être écrit",
     "the message for the operator can't be written"},
    {"login.missing", Severity::kWarning, "", "aucun identifiant de cet établissement",
     "there is no login of this practice"},
    {"login.vault", Severity::kError, "", "les identifiants ne peuvent pas être lus",
     "the logins can't be read"},
    {"login.refused", Severity::kWarning, "", "l'opérateur a refusé l'identifiant",
     "the operator refused the login"},
    {"login.too-old", Severity::kWarning, "", "le mot de passe date d'avant l'incident",
     "the password is older than the incident"},
};

}  // namespace ecluse::content
