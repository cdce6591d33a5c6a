// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/words.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "proto/texts.h"

namespace ecluse::ctl {
namespace {

// A code that a newer broker may know and this program does not.
constexpr Word kUnknown = {"unknown", "inconnu"};

template <size_t N, class Code>
const Word& Among(const std::array<Word, N>& words, Code code) {
  const auto index = static_cast<size_t>(code);
  return index < N && words[index].english != nullptr ? words[index] : kUnknown;
}

constexpr std::array<Word, 14> kStates = {{
    {},
    {"in its queue", "en file"},
    {"set aside", "mise de côté"},
    {"leased", "confiée"},
    {"being sent", "en envoi"},
    {"deferred", "différée"},
    {"in doubt", "en doute"},
    {"awaiting answer", "attend réponse"},
    {"settled", "réglée"},
    {"rejected", "rejetée"},
    {"withdrawn", "retirée"},
    {"sent elsewhere", "envoyée ailleurs"},
    {"destroyed", "détruite"},
    {"given back", "rendue"},
}};

constexpr std::array<Word, 30> kWhy = {{
    {"-", "-"},
    {"its turn", "son tour"},
    {"gate closed", "vanne fermée"},
    {"one goes first", "une part d'abord"},
    {"gate paused", "vanne en pause"},
    {"held", "retenue"},
    {"next try", "prochain essai"},
    {"tried too often: a person", "trop d'essais : une personne"},
    {"operator is asked", "opérateur interrogé"},
    {"only a person can tell", "une personne doit trancher"},
    {"operator's answer", "réponse de l'opérateur"},
    {"content unreadable: a person", "contenu illisible : une personne"},
    {"broker's disk is low", "disque du courtier plein"},
    {"login refused: a person", "identifiants refusés : une personne"},
    {"another route by now: a person", "autre route désormais : une personne"},
    {"technical refusal: a person", "refus technique : une personne"},
    {"gate failed: one at a time", "vanne en échec : une à la fois"},
    {"gate closed again", "vanne refermée"},
    {"operator's answers: a person", "réponses de l'opérateur : une personne"},
    {"an earlier one of its case", "une autre du dossier d'abord"},
    {"the practice decides", "le praticien décide"},
    {"the practice confirms", "le praticien confirme"},
    {"payee changed: a person", "compte payé changé : une personne"},
    {"an export has it", "prise par un export"},
    {"quarantine: two people", "quarantaine : deux personnes"},
    {"a new password", "un nouveau mot de passe"},
    {"account not reopened yet", "compte pas encore rouvert"},
    {"store restored: ops look", "magasin restauré : à examiner"},
    {"logins one by one", "connexions une à une"},
    {"no adapter serves it", "aucun adaptateur ne la sert"},
}};

constexpr std::array<Word, 7> kGates = {{
    {},
    {"open", "ouverte"},
    {"closed", "fermée"},
    {"one goes first", "une part d'abord"},
    {"suspected", "suspecte"},
    {"ramping", "en montée"},
    {"closed again", "refermée"},
}};

constexpr std::array<Word, 30> kCauses = {{
    {},
    {"deposited", "déposée"},
    {"leased to a worker", "confiée à un ouvrier"},
    {"told to proceed", "envoi permis"},
    {"not allowed to begin", "envoi refusé"},
    {"silence", "silence"},
    {"worker reported", "compte rendu"},
    {"operator asked", "opérateur interrogé"},
    {"probe found out", "le sondage a trouvé"},
    {"cannot tell", "impossible à dire"},
    {"answer arrived", "réponse arrivée"},
    {"tried again", "nouvel essai"},
    {"held", "retenue"},
    {"released", "relâchée"},
    {"settled by a person", "tranchée par une personne"},
    {"withdrawn", "retirée"},
    {"content unreadable", "contenu illisible"},
    {"noticed", "remarqué"},
    {"tables say another route", "les tables disent une autre route"},
    {"its case went on", "son dossier a avancé"},
    {"practice is to decide", "le praticien doit décider"},
    {"given back", "rendue"},
    {"set aside", "mise de côté"},
    {"confirmed", "confirmée"},
    {"decided", "décidée"},
    {"sent by other means", "envoyée autrement"},
    {"destroyed", "détruite"},
    {"store was restored", "le magasin a été restauré"},
    {"sent another way", "changée de destination"},
    {"content shown", "contenu montré"},
}};

constexpr std::array<Word, 5> kOutcomes = {{
    {"", ""},
    {"answered", "répondue"},
    {"accepted", "acceptée"},
    {"surely not sent", "sûrement pas envoyée"},
    {"rejected", "rejetée"},
}};

constexpr std::array<Word, 11> kHindrances = {{
    {"", ""},
    {"no connection", "pas de connexion"},
    {"connection not trusted", "connexion non fiable"},
    {"operator closed", "opérateur fermé"},
    {"operator busy", "opérateur occupé"},
    {"operator never had it", "l'opérateur ne l'a jamais eue"},
    {"adapter not able", "adaptateur empêché"},
    {"login refused", "identifiants refusés"},
    {"account not usable now", "compte inutilisable pour l'instant"},
    {"too early", "trop tôt"},
    {"technical refusal", "refus technique"},
}};

constexpr std::array<Word, 16> kDecisions = {{
    {"other", "autre"},
    {"granted", "accordée"},
    {"refused", "refusée"},
    {"acknowledged", "prise en compte"},
    {"pending", "en attente"},
    {"granted pending documents", "accordée sous réserve de pièces"},
    {"granted, other amount", "accordée, autre montant"},
    {"granted, not usable", "accordée, inutilisable"},
    {"not acknowledged", "refusée à la réception"},
    {"paid", "payée"},
    {"paid, other amount", "payée, autre montant"},
    {"payment rejected", "paiement rejeté"},
    {"cancelled", "annulée"},
    {"expired", "périmée"},
    {"technical refusal", "refus technique"},
    {"billed", "facturée"},
}};

constexpr std::array<Word, 6> kKinds = {{
    {},
    {"authorisation", "prise en charge"},
    {"bill", "facture"},
    {"document", "pièce"},
    {"cancellation", "annulation"},
    {"quotation", "devis"},
}};

constexpr std::array<Word, 5> kRules = {{
    {"a person", "une personne"},
    {"newer credentials", "de nouveaux identifiants"},
    {"new passwords, or a person", "de nouveaux mots de passe, ou une personne"},
    {"a person, after a look", "une personne, après examen"},
    {"two people, one by one", "deux personnes, une à une"},
}};

constexpr std::array<Word, 7> kJobs = {{
    {},
    {"release", "remise en file"},
    {"confirm", "confirmation"},
    {"export", "export"},
    {"destroy", "destruction"},
    {"reroute", "changement de destination"},
    {"dry run", "essai à blanc"},
}};

constexpr std::array<Word, 8> kJobStates = {{
    {},
    {"counting", "compte"},
    {"planned", "planifié"},
    {"wants a second person", "attend une seconde personne"},
    {"running", "en cours"},
    {"paused", "en pause"},
    {"stopped", "arrêté"},
    {"done", "fini"},
}};

}  // namespace

const Word& WordOf(StateCode code) { return Among(kStates, code); }
const Word& WordOf(wire::WhyWaiting code) { return Among(kWhy, code); }
const Word& WordOf(GateCode code) { return Among(kGates, code); }
const Word& WordOf(CauseCode code) { return Among(kCauses, code); }
const Word& WordOf(OutcomeCode code) { return Among(kOutcomes, code); }
const Word& WordOf(Hindrance code) { return Among(kHindrances, code); }
const Word& WordOf(Decision code) { return Among(kDecisions, code); }
const Word& WordOf(Kind code) { return Among(kKinds, code); }
const Word& WordOf(HoldRule code) { return Among(kRules, code); }
const Word& WordOf(JobKind code) { return Among(kJobs, code); }
const Word& WordOf(JobState code) { return Among(kJobStates, code); }

std::optional<StateCode> StateNamed(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return CodeNamed<StateCode>(name);
}

std::string StateNames() {
  std::string names;
  for (const auto& state : CodeTexts<StateCode>()) {
    names += (names.empty() ? "" : ", ") + std::string(state.name);
  }
  return names;
}

}  // namespace ecluse::ctl
