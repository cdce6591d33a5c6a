// SPDX-License-Identifier: Apache-2.0
#include "proto/texts.h"

namespace ecluse {

using wire::JobAct;

static constexpr CodeText<JobKind> kKinds[] = {
    {JobKind::kRelease, "release", "Remettre dans la file", "Put back into the queue"},
    {JobKind::kConfirm, "confirm", "Confirmer à la place des déposants",
     "Confirm for the practices"},
    {JobKind::kExport, "export", "Remettre par un autre moyen, en fichiers",
     "Hand over by other means, in files"},
    {JobKind::kDestroy, "destroy", "Détruire", "Destroy"},
    {JobKind::kReroute, "reroute", "Rediriger vers une autre destination",
     "Send to another destination"},
    {JobKind::kDryRun, "dry_run", "Essayer à blanc, sans rien envoyer",
     "Try without sending anything"},
};
template <>
std::span<const CodeText<JobKind>> CodeTexts() {
  return kKinds;
}

static constexpr CodeText<JobState> kStates[] = {
    {JobState::kCounting, "counting", "Compte ce qu'il toucherait", "Counting what it would touch"},
    {JobState::kPlanned, "planned", "Prêt : vérifiez le compte, puis démarrez-le avec son jeton",
     "Planned: check the count, then start it with its token"},
    {JobState::kAsked, "asked", "Attend l'approbation d'une deuxième personne",
     "Waits for the approval of a second person"},
    {JobState::kRunning, "running", "En cours", "Running"},
    {JobState::kPaused, "paused", "En pause", "Paused"},
    {JobState::kStopped, "stopped", "Arrêté : ce qui est fait reste fait",
     "Stopped: what was done stays done"},
    {JobState::kDone, "done", "Terminé", "Done"},
};
template <>
std::span<const CodeText<JobState>> CodeTexts() {
  return kStates;
}

static constexpr CodeText<JobAct> kActs[] = {
    {JobAct::kStart, "start", "Démarrer", "Start"},
    {JobAct::kApprove, "approve", "Approuver, en deuxième personne", "Approve, as second person"},
    {JobAct::kPause, "pause", "Mettre en pause", "Pause"},
    {JobAct::kResume, "resume", "Reprendre", "Resume"},
    {JobAct::kStop, "stop", "Arrêter", "Stop"},
};
template <>
std::span<const CodeText<JobAct>> CodeTexts() {
  return kActs;
}

}  // namespace ecluse
