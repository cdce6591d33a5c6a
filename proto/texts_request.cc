// SPDX-License-Identifier: Apache-2.0
#include "proto/texts.h"

namespace ecluse {

using wire::Event;
using wire::WhyWaiting;

static constexpr CodeText<StateCode> kStates[] = {
    {StateCode::kReady, "ready",
     "Dans la file : la demande partira dès que l'opérateur pourra la recevoir.",
     "In the queue: the request goes as soon as the operator can take it."},
    {StateCode::kWaiting, "waiting",
     "Mise de côté : rien n'est perdu, l'équipe d'exploitation doit d'abord intervenir.",
     "Set aside: nothing is lost, the support team has to act first."},
    {StateCode::kLeased, "leased", "Prise en main : l'envoi va commencer.",
     "Picked up: sending is about to begin."},
    {StateCode::kSending, "sending", "En cours d'envoi à l'opérateur.",
     "Being sent to the operator."},
    {StateCode::kDeferred, "deferred", "Pas encore envoyée : un nouvel essai est prévu.",
     "Not sent yet: another try is planned."},
    {StateCode::kInDoubt, "in_doubt",
     "Envoi incertain : on vérifie si l'opérateur l'a reçue. Ne l'envoyez pas par un autre moyen, "
     "elle pourrait compter deux fois.",
     "In doubt: we are checking whether the operator received it. Do not send it by other means, "
     "it could count twice."},
    {StateCode::kAwaiting, "awaiting", "Reçue par l'opérateur : sa réponse est attendue.",
     "Received by the operator: its answer is awaited."},
    {StateCode::kSettled, "settled", "Terminée : l'opérateur a répondu.",
     "Finished: the operator has answered."},
    {StateCode::kRejected, "rejected",
     "Non acceptée par l'opérateur : corrigez-la, puis déposez-la sous une nouvelle référence.",
     "Not taken by the operator: correct it, then deposit it under a new reference."},
    {StateCode::kWithdrawn, "withdrawn", "Retirée avant l'envoi : elle ne partira pas.",
     "Withdrawn before sending: it will not go."},
};
template <>
std::span<const CodeText<StateCode>> CodeTexts() {
  return kStates;
}

static constexpr CodeText<Wait> kWaits[] = {
    {Wait::kHeld, "held", "Cette demande est bloquée par l'équipe d'exploitation.",
     "This request is on hold by the support team."},
    {Wait::kStrikes, "strikes",
     "Trop d'essais sans succès : l'équipe d'exploitation doit l'examiner.",
     "Tried too often without success: the support team has to look at it."},
    {Wait::kDamaged, "damaged",
     "Son contenu ne peut plus être relu : l'équipe d'exploitation doit l'examiner.",
     "Its content can no longer be read: the support team has to look at it."},
    {Wait::kRoute, "route",
     "Les tables de routage désignent désormais une autre destination : l'équipe d'exploitation "
     "doit décider.",
     "The routing tables say another destination by now: the support team has to decide."},
    {Wait::kTechnical, "technical",
     "Refus technique de l'opérateur, sans décision : l'équipe d'exploitation doit l'examiner.",
     "Technical refusal by the operator, no decision: the support team has to look at it."},
};
template <>
std::span<const CodeText<Wait>> CodeTexts() {
  return kWaits;
}

static constexpr CodeText<WhyWaiting> kWhys[] = {
    {WhyWaiting::kNothing, "nothing", "Elle n'attend rien.", "It is waiting for nothing."},
    {WhyWaiting::kTurn, "turn", "D'autres demandes passent avant elle.",
     "Other requests go before it."},
    {WhyWaiting::kGateClosed, "gate_closed",
     "L'opérateur est fermé : elle partira à la réouverture, sans rien faire de votre part.",
     "The operator is closed: it will go when it reopens, you need not do anything."},
    {WhyWaiting::kCanary, "canary",
     "L'opérateur vient de rouvrir : une seule demande part d'abord, pour essayer.",
     "The operator has just reopened: a single request goes first, as a test."},
    {WhyWaiting::kPaused, "paused",
     "L'opérateur demande une pause, ne peut pas être joint ou n'a pas encore rouvert ce compte : "
     "l'envoi reprendra tout seul.",
     "The operator asked for a pause, can't be reached or has not reopened this account yet: "
     "sending will resume by itself."},
    {WhyWaiting::kHeld, "held", "Les envois sont bloqués par l'équipe d'exploitation.",
     "Sending is on hold by the support team."},
    {WhyWaiting::kRetry, "retry", "L'essai a échoué avant l'envoi : un autre essai suivra.",
     "A try failed before anything was sent: another one will follow."},
    {WhyWaiting::kStrikes, "strikes",
     "Trop d'essais sans succès : l'équipe d'exploitation doit l'examiner.",
     "Tried too often without success: the support team has to look at it."},
    {WhyWaiting::kProbe, "probe", "On demande à l'opérateur s'il l'a reçue.",
     "The operator is being asked whether it received it."},
    {WhyWaiting::kPerson, "person",
     "Personne ne sait si l'opérateur l'a reçue : l'équipe d'exploitation doit s'en assurer.",
     "Nobody knows whether the operator received it: the support team has to find out."},
    {WhyWaiting::kOperator, "operator", "L'opérateur l'a reçue et n'a pas encore répondu.",
     "The operator has it and has not answered yet."},
    {WhyWaiting::kDamaged, "damaged",
     "Son contenu ne peut plus être relu : l'équipe d'exploitation doit l'examiner.",
     "Its content can no longer be read: the support team has to look at it."},
    {WhyWaiting::kDiskLow, "disk_low",
     "Les envois sont suspendus faute de place sur le disque : l'équipe d'exploitation doit "
     "en libérer.",
     "Sending is suspended for lack of disk space: the support team has to make room."},
    {WhyWaiting::kAccount, "account",
     "L'opérateur a refusé votre identifiant : quelqu'un doit le mettre à jour, la demande partira "
     "ensuite toute seule.",
     "The operator refused your login: somebody has to renew it, then the request goes by "
     "itself."},
    {WhyWaiting::kRoute, "route",
     "Les tables de routage désignent désormais une autre destination : l'équipe d'exploitation "
     "doit décider.",
     "The routing tables say another destination by now: the support team has to decide."},
    {WhyWaiting::kTechnical, "technical",
     "Refus technique de l'opérateur, sans décision : l'équipe d'exploitation doit l'examiner.",
     "Technical refusal by the operator, no decision: the support team has to look at it."},
};
template <>
std::span<const CodeText<WhyWaiting>> CodeTexts() {
  return kWhys;
}

static constexpr CodeText<Event> kEvents[] = {
    {Event::kAnswered, "answered", "L'opérateur a répondu.", "The operator has answered."},
    {Event::kRejected, "rejected",
     "L'opérateur n'a pas accepté la demande : lisez ses raisons, corrigez, puis déposez-la sous "
     "une nouvelle référence.",
     "The operator did not take the request: read why, correct it, then deposit it under a new "
     "reference."},
    {Event::kNews, "news", "L'opérateur l'a reçue et donne une nouvelle : sa réponse viendra.",
     "The operator has it and says a word on the way: its answer will come."},
};
template <>
std::span<const CodeText<Event>> CodeTexts() {
  return kEvents;
}

static constexpr CodeText<Kind> kKinds[] = {
    {Kind::kAuthorisation, "authorisation", "Demande de prise en charge",
     "Request for authorisation"},
    {Kind::kBill, "bill", "Facture", "Bill"},
    {Kind::kDocument, "document", "Pièce justificative", "Supporting document"},
    {Kind::kCancellation, "cancellation", "Annulation", "Cancellation"},
    {Kind::kQuotation, "quotation", "Devis, cotation", "Quotation"},
};
template <>
std::span<const CodeText<Kind>> CodeTexts() {
  return kKinds;
}

}  // namespace ecluse
