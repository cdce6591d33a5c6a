// SPDX-License-Identifier: Apache-2.0
#include "proto/texts.h"

namespace ecluse {

using wire::Verdict;

static constexpr CodeText<GateCode> kGates[] = {
    {GateCode::kOpen, "open", "Ouvert : les demandes partent.", "Open: requests are going."},
    {GateCode::kClosed, "closed", "Fermé : les demandes sont gardées jusqu'à la réouverture.",
     "Closed: requests are kept until it reopens."},
    {GateCode::kCanary, "canary",
     "Essai d'une demande : une seule part d'abord, les autres suivront.",
     "Resuming: a single request goes first, as a test."},
    {GateCode::kSuspected, "suspected",
     "Suspect : des envois ont échoué, les demandes partent une par une.",
     "Suspected: sending has failed, requests go one at a time."},
    {GateCode::kRamping, "ramping",
     "Montée en charge : l'essai a réussi, les demandes partent de plus en plus vite.",
     "Ramping up: the test went well, requests go faster and faster."},
    {GateCode::kReclosed, "reclosed",
     "Refermé : la reprise a échoué, les demandes sont gardées jusqu'au prochain essai.",
     "Closed again: resuming failed, requests are kept until the next try."},
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
    {CauseCode::kRerouted, "rerouted", "Les tables de routage désignent une autre destination",
     "The routing tables say another destination"},
    {CauseCode::kFollowed, "followed", "Ce qu'elle attendait dans son dossier est arrivé",
     "What it waited for in its case is there"},
    {CauseCode::kUndecided, "undecided",
     "Ce qu'elle attendait a fini autrement que prévu : le déposant décide",
     "What it waited for ended otherwise: the practice decides"},
    {CauseCode::kReturned, "returned", "Rendue au déposant sans avoir été envoyée",
     "Given back to the practice unsent"},
    {CauseCode::kParked, "parked", "Mise de côté", "Set aside"},
    {CauseCode::kConfirmed, "confirmed", "Confirmée : le déposant la veut encore",
     "Confirmed: the practice still wants it"},
    {CauseCode::kDecided, "decided", "Le déposant a décidé qu'elle part",
     "The practice decided that it goes"},
    {CauseCode::kElsewhere, "elsewhere", "Envoyée par un autre moyen", "Sent by other means"},
    {CauseCode::kDestroyed, "destroyed", "Détruite par deux personnes", "Destroyed by two people"},
    {CauseCode::kFenced, "fenced", "Données restaurées : on ignore si elle est partie entre-temps",
     "Data restored: whether it was sent meanwhile is not known"},
    {CauseCode::kMoved, "moved", "Redirigée vers une autre destination", "Sent another way"},
    {CauseCode::kShown, "shown", "Contenu lu par l'équipe d'exploitation",
     "Content read by the support team"},
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
    {Decision::kAcknowledged, "acknowledged", "Prise en charge par l'opérateur (ARL positif)",
     "Acknowledged: the operator has taken charge of it"},
    {Decision::kPending, "pending", "Reçue et numérotée, pas encore décidée",
     "Received and numbered, not decided yet"},
    {Decision::kGrantedPendingDocuments, "granted_pending_documents",
     "Accordée sous réserve de pièces : envoyez-les", "Granted pending documents: send them"},
    {Decision::kGrantedOtherAmount, "granted_other_amount",
     "Accordée pour un autre montant que celui demandé",
     "Granted for another amount than was asked"},
    {Decision::kGrantedUnusable, "granted_unusable",
     "Accordée mais inutilisable : vérifiez auprès de l'opérateur avant de vous y fier",
     "Granted but not usable: check with the operator before you rely on it"},
    {Decision::kNotAcknowledged, "not_acknowledged",
     "Refusée à la réception (ARL négatif) : corrigez, puis envoyez sous une nouvelle référence",
     "Not acknowledged: correct it, then send it under a new reference"},
    {Decision::kPaid, "paid", "Payée", "Paid"},
    {Decision::kPaidOtherAmount, "paid_other_amount",
     "Payée pour un autre montant que celui demandé", "Paid with another amount than was asked"},
    {Decision::kPaymentRejected, "payment_rejected",
     "Paiement rejeté : facturez de nouveau, sous un nouveau numéro",
     "Payment rejected: bill again, under a new number"},
    {Decision::kCancelled, "cancelled", "Annulée", "Cancelled"},
    {Decision::kExpired, "expired", "Périmée", "Expired"},
    {Decision::kTechnicalRefusal, "technical_refusal",
     "Refus technique : rien n'a été décidé, le système de l'opérateur n'a pas pu la prendre",
     "Technical refusal: nothing was decided, the operator's system could not take it"},
    {Decision::kBilled, "billed", "Facturée : l'opérateur connaît une facture pour elle",
     "Billed: the operator knows a bill for it"},
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
    {Hindrance::kAccount, "account", "Le compte de ce déposant n'est pas utilisable pour l'instant",
     "The account of this practice can't be used just now"},
    {Hindrance::kTooEarly, "too_early", "Trop tôt : l'opérateur la refuserait avant une date",
     "Too early: the operator would refuse it before a date"},
    {Hindrance::kTechnical, "technical",
     "Refus technique de l'opérateur : rien n'a été décidé ni gardé",
     "Technical refusal by the operator: nothing was decided or kept"},
};
template <>
std::span<const CodeText<Hindrance>> CodeTexts() {
  return kHindrances;
}

static constexpr CodeText<HoldRule> kHoldRules[] = {
    {HoldRule::kPerson, "person", "Posé par une personne", "Placed by a person"},
    {HoldRule::kCredentials, "credentials",
     "Identifiant refusé par l'opérateur : se lève avec un nouvel identifiant de ce compte",
     "Login refused by the operator: a new credential of this account lifts it"},
    {HoldRule::kIncident, "incident",
     "Incident chez l'opérateur : chaque compte attend un mot de passe plus récent",
     "Incident at the operator: each account waits for a newer password"},
    {HoldRule::kRestored, "restored",
     "Données restaurées d'une sauvegarde : rien ne part avant qu'une personne ait vérifié",
     "Data restored from a backup: nothing goes before a person has checked"},
    {HoldRule::kQuarantine, "quarantine",
     "Quarantaine : deux personnes décident de ce que ce compte a déposé",
     "Quarantine: two people decide on what this account has deposited"},
};
template <>
std::span<const CodeText<HoldRule>> CodeTexts() {
  return kHoldRules;
}

static constexpr CodeText<Severity> kSeverities[] = {
    {Severity::kWarning, "warning", "Avertissement", "Warning"},
    {Severity::kError, "error", "Erreur", "Error"},
};
template <>
std::span<const CodeText<Severity>> CodeTexts() {
  return kSeverities;
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
