// SPDX-License-Identifier: Apache-2.0
#include "proto/texts.h"

namespace ecluse {

using wire::Verdict;

static constexpr CodeText<GateCode> kGates[] = {
    {GateCode::kOpen, "open", "Ouvert : les demandes partent.", "Open: requests are going."},
    {GateCode::kClosed, "closed", "Fermé : les demandes sont gardées jusqu'à la réouverture.",
     "Closed: requests are kept until it reopens."},
    {GateCode::kCanary, "canary", "Reprise : une seule demande part d'abord, pour essayer.",
     "Resuming: a single request goes first, as a test."},
};
template <>
std::span<const CodeText<GateCode>> CodeTexts() {
  return kGates;
}

static constexpr CodeText<CauseCode> kCauses[] = {
    {CauseCode::kDeposited, "deposited", "Déposée", "Deposited"},
    {CauseCode::kGranted, "granted", "Confiée à un connecteur", "Handed to a worker"},
    {CauseCode::kBegun, "begun", "Envoi commencé", "Sending begun"},
    {CauseCode::kRefused, "refused", "Envoi retenu au dernier moment : fermeture ou blocage",
     "Stopped at the last moment: closed or on hold"},
    {CauseCode::kLapsed, "lapsed", "Délai dépassé sans nouvelle du connecteur",
     "Time passed without news from the worker"},
    {CauseCode::kReported, "reported", "Résultat de l'envoi connu", "Outcome of the try reported"},
    {CauseCode::kProbed, "probed", "Vérification demandée auprès de l'opérateur",
     "The operator is being asked"},
    {CauseCode::kFound, "found", "Résultat trouvé par vérification", "Outcome found by asking"},
    {CauseCode::kCannotTell, "cannot_tell", "Vérification sans résultat",
     "Asked, and nobody can tell"},
    {CauseCode::kAnswered, "answered", "Réponse de l'opérateur arrivée",
     "An answer of the operator arrived"},
    {CauseCode::kRetryDue, "retry_due", "Moment du nouvel essai venu", "Time for another try"},
    {CauseCode::kHeld, "held", "Blocage posé", "Put on hold"},
    {CauseCode::kReleased, "released", "Remise dans la file", "Put back into its queue"},
    {CauseCode::kResolved, "resolved", "Doute levé par une personne", "Doubt settled by a person"},
    {CauseCode::kWithdrawn, "withdrawn", "Retirée par le déposant", "Withdrawn by the practice"},
    {CauseCode::kDamaged, "damaged", "Contenu illisible", "Content could not be read"},
    {CauseCode::kRemark, "remark", "Remarque", "Remark"},
};
template <>
std::span<const CodeText<CauseCode>> CodeTexts() {
  return kCauses;
}

static constexpr CodeText<OutcomeCode> kOutcomes[] = {
    {OutcomeCode::kNone, "none", "Résultat inconnu", "No outcome known"},
    {OutcomeCode::kAnswered, "answered", "L'opérateur a répondu", "Answered by the operator"},
    {OutcomeCode::kAccepted, "accepted", "Reçue, réponse à venir", "Accepted, answer to come"},
    {OutcomeCode::kDeferred, "deferred", "Sûrement pas envoyée", "Surely not sent"},
    {OutcomeCode::kRejected, "rejected", "Non acceptée par l'opérateur",
     "Rejected by the operator"},
};
template <>
std::span<const CodeText<OutcomeCode>> CodeTexts() {
  return kOutcomes;
}

static constexpr CodeText<Decision> kDecisions[] = {
    {Decision::kOther, "other", "Voir le contenu de la réponse", "See the content of the answer"},
    {Decision::kGranted, "granted", "Accordée", "Granted"},
    {Decision::kRefused, "refused", "Refusée par l'opérateur", "Refused by the operator"},
    {Decision::kAcknowledged, "acknowledged", "Enregistrée, rien d'autre à attendre",
     "Acknowledged, nothing more to come"},
};
template <>
std::span<const CodeText<Decision>> CodeTexts() {
  return kDecisions;
}

static constexpr CodeText<Hindrance> kHindrances[] = {
    {Hindrance::kUnreachable, "unreachable", "L'opérateur n'a pas pu être joint",
     "The operator could not be reached"},
    {Hindrance::kTls, "tls", "La connexion à l'opérateur n'était pas sûre",
     "The connection to the operator could not be trusted"},
    {Hindrance::kClosed, "closed", "L'opérateur se dit fermé", "The operator says it is closed"},
    {Hindrance::kBusy, "busy", "L'opérateur demande d'attendre", "The operator asks to wait"},
    {Hindrance::kAbsent, "absent", "Vérifié : l'opérateur ne l'a jamais reçue",
     "Checked: the operator never had it"},
    {Hindrance::kAdapter, "adapter", "Le connecteur n'a pas pu commencer",
     "The adapter could not begin"},
    {Hindrance::kCredentials, "credentials", "L'opérateur a refusé l'identifiant de connexion",
     "The operator refused the login"},
};
template <>
std::span<const CodeText<Hindrance>> CodeTexts() {
  return kHindrances;
}

static constexpr CodeText<Verdict> kVerdicts[] = {
    {Verdict::kSent, "sent", "Reçue par l'opérateur : sa réponse est attendue",
     "The operator has it: its answer is awaited"},
    {Verdict::kNotSent, "not_sent", "Jamais reçue par l'opérateur : elle retourne dans la file",
     "The operator never had it: it goes back to its queue"},
};
template <>
std::span<const CodeText<Verdict>> CodeTexts() {
  return kVerdicts;
}

}  // namespace ecluse
