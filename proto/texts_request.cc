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
     "Mise de côté : rien n'est perdu, mais quelque chose doit se passer d'abord.",
     "Set aside: nothing is lost, but something has to happen first."},
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
    {StateCode::kElsewhere, "elsewhere", "Envoyée par un autre moyen : elle ne partira plus d'ici.",
     "Sent by other means: it will not go from here any more."},
    {StateCode::kDestroyed, "destroyed",
     "Détruite par deux personnes : elle venait d'un compte compromis et ne partira pas.",
     "Destroyed by two people: it came from a compromised account and will not go."},
    {StateCode::kReturned, "returned",
     "Rendue sans avoir été envoyée : sa prise en charge a été refusée. Voyez avec l'opérateur, "
     "puis déposez une nouvelle demande.",
     "Given back unsent: its authorisation was refused. Ask the operator, then deposit a new "
     "request."},
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
    {Wait::kCase, "case", "Une demande du même dossier doit aboutir avant elle.",
     "Another request of its case comes first."},
    {Wait::kDecide, "decide",
     "Sa prise en charge n'a pas été accordée comme demandé : le déposant décide si elle part.",
     "Its authorisation was not granted as asked: the practice decides whether it goes."},
    {Wait::kConfirm, "confirm", "Elle est ancienne : le déposant dit s'il la veut encore.",
     "It is old: the practice says whether it still wants it."},
    {Wait::kPayee, "payee",
     "Le compte bancaire à payer a changé : l'équipe d'exploitation le vérifie.",
     "The bank account to be paid has changed: the support team checks it."},
    {Wait::kExport, "export", "Réservée pour être remise par un autre moyen.",
     "Reserved, to be handed over by other means."},
    {Wait::kQuarantine, "quarantine",
     "Le compte du déposant est en quarantaine : deux personnes décident.",
     "The account of the practice is in quarantine: two people decide."},
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
    {WhyWaiting::kSuspected, "suspected",
     "L'opérateur a des ennuis : les demandes partent une par une jusqu'à ce qu'il aille mieux.",
     "The operator is in trouble: requests go one at a time until it is well."},
    {WhyWaiting::kReclosed, "reclosed",
     "La reprise a échoué et l'envoi est refermé : un nouvel essai viendra tout seul.",
     "Resuming failed and sending is closed again: another try comes by itself."},
    {WhyWaiting::kAnswers, "answers",
     "L'opérateur répond autrement que d'habitude : l'envoi est refermé, l'équipe d'exploitation "
     "examine ses réponses.",
     "The operator's answers are not the usual ones: sending is closed again, the support team "
     "looks at them."},
    {WhyWaiting::kCase, "case",
     "Une demande du même dossier doit aboutir avant elle, rien à faire de votre part.",
     "Another request of its case comes first, you need not do anything."},
    {WhyWaiting::kDecide, "decide",
     "Sa prise en charge n'a pas été accordée comme demandé : décidez si elle part, avec quel "
     "numéro, ou retirez-la.",
     "Its authorisation was not granted as asked: decide whether it goes, with which number, or "
     "withdraw it."},
    {WhyWaiting::kConfirm, "confirm",
     "Elle attend depuis longtemps : confirmez-la, retirez-la, ou dites qu'elle a été envoyée par "
     "un autre moyen.",
     "It has waited for long: confirm it, withdraw it, or say that it was sent by other means."},
    {WhyWaiting::kPayee, "payee",
     "Le compte bancaire à payer a changé : l'équipe d'exploitation vous appellera pour le "
     "vérifier.",
     "The bank account to be paid has changed: the support team will call you to check it."},
    {WhyWaiting::kExport, "export",
     "Elle est en train d'être remise à l'opérateur par un autre moyen : ne l'envoyez pas "
     "vous-même.",
     "It is being handed over to the operator by other means: do not send it yourself."},
    {WhyWaiting::kQuarantine, "quarantine",
     "Votre compte est en quarantaine : l'équipe d'exploitation examine ce qu'il a déposé.",
     "Your account is in quarantine: the support team looks at what it deposited."},
    {WhyWaiting::kPassword, "password",
     "Elle attend que vous changiez votre mot de passe chez l'opérateur, puis partira toute seule.",
     "It waits for you to change your password at the operator, then goes by itself."},
    {WhyWaiting::kResting, "resting",
     "L'opérateur n'a pas encore rouvert votre compte : elle partira quand il l'aura fait.",
     "The operator has not reopened your account yet: it goes once it has."},
    {WhyWaiting::kRestored, "restored",
     "Les données ont été restaurées d'une sauvegarde : l'équipe d'exploitation vérifie d'abord.",
     "The data were restored from a backup: the support team checks first."},
    {WhyWaiting::kLogins, "logins",
     "Les nouveaux mots de passe sont essayés l'un après l'autre : le vôtre aura son tour.",
     "New passwords are tried one after the other: yours will have its turn."},
    {WhyWaiting::kUnserved, "unserved",
     "Aucun connecteur ne dessert cette destination : l'équipe d'exploitation doit en démarrer un.",
     "No adapter serves this destination: the support team has to start one."},
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
    {Event::kAsked, "asked", "Une décision vous est demandée avant que la demande puisse partir.",
     "You are asked for a decision before the request can go."},
    {Event::kReturned, "returned",
     "La demande vous est rendue sans avoir été envoyée : sa prise en charge a été refusée.",
     "The request is given back to you unsent: its authorisation was refused."},
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
