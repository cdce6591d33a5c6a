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

constexpr std::array<Word, 11> kStates = {{
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
}};

constexpr std::array<Word, 16> kWhy = {{
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
}};

constexpr std::array<Word, 4> kGates = {{
    {},
    {"open", "ouverte"},
    {"closed", "fermée"},
    {"one goes first", "une part d'abord"},
}};

constexpr std::array<Word, 19> kCauses = {{
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

constexpr std::array<Word, 2> kRules = {{
    {"a person", "une personne"},
    {"newer credentials", "de nouveaux identifiants"},
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
