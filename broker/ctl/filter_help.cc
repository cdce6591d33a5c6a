// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/filter.h"
#include "proto/texts.h"

namespace ecluse::ctl {
namespace {

template <class Code>
std::string Names() {
  std::string names;
  for (const auto& row : CodeTexts<Code>()) {
    names += "\n      " + std::string(row.name);
  }
  return names + "\n";
}

constexpr const char* kEnglish =
    R"(A filter says which requests are meant. It is made of words; a request must fit all of them.

  operator=NAME            run by this operator
  service=NAME             for this service; only with operator=
  destination=OP/SERVICE   both at once
  practice=NAME            deposited by this practice
  state=S,S                in one of these states
  why=W,W                  set aside (state=waiting) for one of these reasons
  kind=K,K                 of one of these kinds
  older=TIME               deposited at least so long ago: 30m, 4h, 2d12h
  younger=TIME             deposited less long ago
  due=TIME                 its date comes within this time, or has passed
                           also 'due<TIME', in quotes
  number=A..B              with these numbers, both included
                           also number=A, number=A.., number=..B
  twice                    that the operator may hold twice
  all                      every request; needed where an act would else have no filter

A hold has operator, service, practice, kind (one), older, younger, or one number alone: its
ages are fixed as times of deposit when it is placed.

  eclusectl list destination=viamedis/authorisation state=waiting older=3d
  eclusectl export operator=viamedis kind=bill due=2d --reason "sent on paper before the date"
)";

constexpr const char* kFrench =
    R"(Un filtre dit quelles demandes sont visées. Il est fait de mots ; une demande doit répondre
à tous.

  operator=NOM             portée par cet opérateur
  service=NOM              pour ce service ; seulement avec operator=
  destination=OP/SERVICE   les deux à la fois
  practice=NOM             déposée par ce praticien
  state=S,S                dans l'un de ces états
  why=W,W                  mise de côté (state=waiting) pour l'un de ces motifs
  kind=K,K                 de l'un de ces genres
  older=DURÉE              déposée depuis au moins ce temps : 30m, 4h, 2d12h (d : jours)
  younger=DURÉE            déposée depuis moins longtemps
  due=DURÉE                sa date vient dans ce délai, ou est passée
                           aussi 'due<DURÉE', entre guillemets
  number=A..B              de ces numéros, bornes comprises
                           aussi number=A, number=A.., number=..B
  twice                    que l'opérateur a peut-être deux fois
  all                      toutes ; à écrire quand un acte n'aurait sinon aucun filtre

Une retenue a operator, service, practice, kind (un seul), older, younger, ou un seul number : les
durées deviennent des heures de dépôt au moment où elle est placée.

  eclusectl list destination=viamedis/authorisation state=waiting older=3d
  eclusectl export operator=viamedis kind=bill due=2d --reason "envoyées sur papier avant la date"
)";

}  // namespace

std::string FilterHelp(bool french) {
  return std::string(french ? kFrench : kEnglish) + "\n  state:" + Names<StateCode>() +
         "  why:" + Names<Wait>() + "  kind:" + Names<Kind>();
}

}  // namespace ecluse::ctl
