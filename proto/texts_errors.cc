// SPDX-License-Identifier: Apache-2.0
#include "proto/texts.h"

namespace ecluse {

static constexpr CodeText<ErrorCode> kErrors[] = {
    {ErrorCode::kNone, "none", "Aucune erreur.", "No error."},
    // The call itself.
    {ErrorCode::kVersion, "call.version",
     "Ce logiciel parle une autre version du protocole : mettez-le à jour.",
     "This software speaks another version of the protocol: update it."},
    {ErrorCode::kMalformed, "call.malformed",
     "Message mal formé : signalez-le à l'éditeur du logiciel, le répéter ne sert à rien.",
     "Malformed message: tell the maker of the software, repeating it is useless."},
    {ErrorCode::kTooLarge, "call.too_large",
     "Message trop grand : envoyez moins d'éléments à la fois.",
     "Message too large: send fewer items at once."},
    {ErrorCode::kForbidden, "call.forbidden",
     "Cette clé n'a pas ce droit : vérifiez qu'elle est la bonne, sinon demandez à l'équipe "
     "d'exploitation.",
     "This key may not do this: check that it is the right one, or ask the support team."},
    {ErrorCode::kFrames, "call.frames",
     "Le nombre de contenus ne correspond pas au message : signalez-le à l'éditeur du logiciel.",
     "The number of contents does not fit the message: tell the maker of the software."},
    // A deposit.
    {ErrorCode::kUnknownDestination, "deposit.unknown_destination",
     "Cet opérateur ou ce service n'existe pas ici : choisissez-en un dans la liste.",
     "This operator or service does not exist here: choose one from the list."},
    {ErrorCode::kNotYourFiness, "deposit.not_your_finess",
     "Ce numéro FINESS n'est pas rattaché à votre clé : corrigez-le ou demandez son ajout à "
     "l'équipe d'exploitation.",
     "This FINESS number does not belong to your key: correct it or ask the support team to "
     "add it."},
    {ErrorCode::kReference, "deposit.reference",
     "Référence vide, trop longue ou avec des caractères interdits : corrigez-la.",
     "The reference is empty, too long or has forbidden characters: correct it."},
    {ErrorCode::kFormat, "deposit.format",
     "Format du contenu absent ou mal écrit : signalez-le à l'éditeur du logiciel.",
     "The content's format is missing or badly written: tell the maker of the software."},
    {ErrorCode::kKind, "deposit.kind",
     "Nature de la demande inconnue : signalez-le à l'éditeur du logiciel.",
     "Unknown kind of request: tell the maker of the software."},
    {ErrorCode::kEmptyContent, "deposit.empty_content",
     "La demande est vide : joignez son contenu et déposez-la de nouveau.",
     "The request is empty: attach its content and deposit it again."},
    {ErrorCode::kContentTooLarge, "deposit.content_too_large",
     "Contenu trop volumineux (8 Mio au plus) : réduisez la taille des pièces numérisées.",
     "The content is too large (8 MiB at most): make the scanned documents smaller."},
    {ErrorCode::kConflict, "deposit.conflict",
     "Cette référence a déjà servi pour un autre contenu : la première demande reste inchangée. "
     "Pour une nouvelle demande, prenez une nouvelle référence.",
     "This reference was already used for another content: the first request is unchanged. For a "
     "new request, take a new reference."},
    {ErrorCode::kDiskLow, "deposit.disk_low",
     "Plus de place pour le moment : gardez la demande et déposez-la de nouveau plus tard.",
     "No room at the moment: keep the request and deposit it again later."},
    {ErrorCode::kInvalid, "deposit.invalid",
     "Contenu refusé : corrigez tout ce qui est signalé, puis déposez-le de nouveau.",
     "The content is refused: correct all that is listed, then deposit it again."},
    {ErrorCode::kFollows, "deposit.follows",
     "La demande à laquelle celle-ci se rattache est introuvable : vérifiez son numéro.",
     "The request that this one belongs to does not exist: check its number."},
    {ErrorCode::kNoRoute, "deposit.no_route",
     "Aucune table de routage ne connaît cette carte : vérifiez sa saisie, choisissez vous-même "
     "l'opérateur, ou prévenez l'équipe d'exploitation.",
     "No routing table knows this card: check what was typed, choose the operator yourself, or "
     "tell the support team."},
    {ErrorCode::kCard, "deposit.card",
     "Données de la carte absentes ou mal écrites : corrigez-les, et laissez à la carte le choix "
     "de l'opérateur.",
     "Items of the card are missing or badly written: correct them, and leave the choice of the "
     "operator to the card."},
    // Requests that exist, or not.
    {ErrorCode::kUnknownRequest, "request.unknown",
     "Demande introuvable : vérifiez le numéro ou la référence.",
     "No such request: check the number or the reference."},
    {ErrorCode::kNotUnsent, "request.not_unsent",
     "Trop tard pour la retirer : elle est peut-être chez l'opérateur. Déposez une annulation si "
     "elle doit être annulée.",
     "Too late to withdraw it: it may be at the operator. Deposit a cancellation if it has to be "
     "cancelled."},
    {ErrorCode::kNotInDoubt, "request.not_in_doubt",
     "Cette demande n'attend pas la décision d'une personne : regardez son état actuel.",
     "This request is not waiting for a person's decision: look at its present state."},
    {ErrorCode::kInboxGap, "inbox.gap",
     "Acquittement au-delà de la dernière réponse reçue : relisez la boîte de réponses, puis "
     "acquittez ce qui a été lu.",
     "Acknowledged beyond the last answer: read the inbox again, then acknowledge what was "
     "read."},
    {ErrorCode::kNotAsked, "request.not_asked",
     "Cette demande n'attend pas cette décision : regardez son état actuel.",
     "This request does not wait for that decision: look at its present state."},
    {ErrorCode::kNumber, "request.number",
     "Numéro ou preuve absent, trop long ou avec des caractères interdits : corrigez-le.",
     "A number or proof is missing, too long or has forbidden characters: correct it."},
    {ErrorCode::kCaseFull, "deposit.case_full",
     "Ce dossier contient trop de demandes : ouvrez-en un autre.",
     "This case has too many requests: begin another one."},
    // Adapters.
    {ErrorCode::kNotYourLease, "adapter.not_your_lease",
     "Cette tâche n'est plus à ce connecteur : qu'il l'abandonne sans rien envoyer.",
     "This task is not this worker's any more: put it down and send nothing."},
    {ErrorCode::kStale, "adapter.stale",
     "Cet essai est terminé : le compte rendu n'a rien changé, ne le répétez pas.",
     "This attempt is over: the report changed nothing, do not repeat it."},
    {ErrorCode::kAnswerTooLarge, "adapter.answer_too_large",
     "Réponse de l'opérateur trop volumineuse (8 Mio au plus) : l'équipe d'exploitation doit "
     "l'obtenir autrement.",
     "The operator's answer is too large (8 MiB at most): the support team has to get it by "
     "other means."},
    {ErrorCode::kNotServed, "adapter.not_served",
     "Ce connecteur n'est pas chargé de cette destination : corrigez sa configuration.",
     "This adapter does not serve that destination: correct its configuration."},
    {ErrorCode::kNotNow, "adapter.not_now",
     "L'envoi n'est plus permis : fermeture ou blocage. Que le connecteur rende la tâche sans rien "
     "envoyer, elle lui reviendra.",
     "Sending is not allowed any more: closed or on hold. Put the task down and send nothing, it "
     "will come again."},
    {ErrorCode::kFenced, "adapter.fenced",
     "Cette tâche date d'avant une restauration : que le connecteur l'abandonne sans rien envoyer.",
     "This task is from before a restore: put it down and send nothing."},
    // Ops.
    {ErrorCode::kReasonMissing, "ops.reason_missing", "Il faut donner une raison : ajoutez-la.",
     "A reason is needed: add one."},
    {ErrorCode::kScope, "ops.scope",
     "Portée impossible : un cabinet inconnu, ou des éléments incompatibles (un service va avec "
     "son opérateur, une demande se désigne seule).",
     "The scope can't be: a practice that nobody knows, or parts that do not go together (a "
     "service "
     "needs its operator, a request stands alone)."},
    {ErrorCode::kTooManyHolds, "ops.too_many_holds",
     "Trop de blocages : levez ceux qui ne servent plus, ou posez-en un de portée plus large.",
     "Too many holds: lift those no longer needed, or place a wider one."},
    {ErrorCode::kUnknownHold, "ops.unknown_hold",
     "Ce blocage n'existe pas ou a déjà été levé : relisez la liste.",
     "This hold does not exist or was lifted already: read the list again."},
    {ErrorCode::kPlanChanged, "ops.plan_changed",
     "La situation a changé depuis le plan, rien n'a été fait : refaites le plan et vérifiez-le.",
     "Things have changed since the plan, nothing was done: plan again and check it."},
    {ErrorCode::kTime, "ops.time",
     "Cette heure ne convient pas : une heure à venir est déjà passée, ou une heure passée est à "
     "venir.",
     "That hour can't be: one to come is in the past, or one that has been is still to come."},
    {ErrorCode::kNotClosed, "ops.not_closed",
     "Cette destination n'est pas fermée : une heure de réouverture n'y a pas de sens.",
     "This destination is not closed: an hour of reopening makes no sense there."},
    {ErrorCode::kUnknownJob, "ops.unknown_job", "Ce travail n'existe pas : relisez la liste.",
     "There is no such job: read the list again."},
    {ErrorCode::kJobState, "ops.job_state",
     "Ce travail n'en est pas là : regardez son état, puis choisissez l'action qui convient.",
     "The job is not in a state for that: look at it, then choose what fits."},
    {ErrorCode::kSecondPerson, "ops.second_person",
     "Il faut une autre personne pour approuver : demandez à un collègue.",
     "Another person has to approve: ask a colleague."},
    {ErrorCode::kTooManyJobs, "ops.too_many_jobs",
     "Trop de travaux en cours : attendez la fin de l'un d'eux ou arrêtez-le.",
     "Too many jobs: wait for one of them to end, or stop it."},
    {ErrorCode::kFilter, "ops.filter",
     "Filtre incohérent, ou qui ne va pas avec cette action : corrigez-le.",
     "The parts of the filter do not go together, or not with this act: correct it."},
    {ErrorCode::kBackup, "ops.backup",
     "La copie n'a pas pu être faite, rien d'autre n'a changé : vérifiez la place et le dossier.",
     "The copy could not be made, nothing else has changed: check the room and the folder."},
};
template <>
std::span<const CodeText<ErrorCode>> CodeTexts() {
  return kErrors;
}

}  // namespace ecluse
