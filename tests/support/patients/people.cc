// SPDX-License-Identifier: Apache-2.0
#include "tests/support/patients/people.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "proto/b2/keys.h"

namespace ecluse::patients {
namespace {

// Words of the water, so that nobody can take them for patients.
constexpr std::array<std::string_view, 16> kSurnames = {
    "Bief",    "Écluse",   "Vanne",  "Péniche", "Sas",    "Chenal",  "Halage",    "Berge",
    "Bajoyer", "Éclusier", "Radeau", "Bollard", "Amarre", "Pertuis", "Déversoir", "Étiage"};
constexpr std::array<std::string_view, 8> kWomen = {"Aimée",  "Brune", "Céleste", "Dorine",
                                                    "Élodie", "Fleur", "Garance", "Hermine"};
constexpr std::array<std::string_view, 8> kMen = {"Anselme", "Basile",  "Côme",    "Désiré",
                                                  "Éloi",    "Ferréol", "Gaspard", "Honoré"};

}  // namespace

std::string WithLuhnKey(const std::string& digits) {
  for (char key = '0'; key <= '9'; ++key) {
    if (b2::LuhnFits(digits + key)) return digits + key;
  }
  return digits + '0';
}

Person MakePerson(Dice& dice) {
  Person person;
  const bool woman = dice.OneIn(2);
  person.surname = dice.Of(kSurnames);
  person.first_name = woman ? dice.Of(kWomen) : dice.Of(kMen);
  person.birth = absl::CivilDay(1930, 1, 1) + dice.Between(0, int64_t{80} * 365);
  person.nir = fmt::format("{}{:02}{:02}99000{:03}", woman ? 2 : 1, person.birth.year() % 100,
                           person.birth.month(), dice.Between(1, 999));
  person.nir_key = fmt::format("{:02}", b2::NirKey(person.nir).value_or(0));
  return person;
}

Practice MakePractice(int n) {
  constexpr std::array<std::string_view, 3> kNames = {"Optique", "Audition", "Pharmacie"};
  constexpr std::array<std::string_view, 3> kIds = {"optique", "audition", "pharmacie"};
  const size_t trade = static_cast<size_t>(n) % 3;
  return {.id = {fmt::format("{}-{}", kIds[trade], n + 1)},
          .trade = static_cast<Trade>(trade),
          .name = fmt::format("{} du Bief {}", kNames[trade], n + 1),
          .finess = WithLuhnKey(fmt::format("750000{:02}", n))};
}

std::vector<Practice> MakePractices(int count) {
  std::vector<Practice> practices;
  practices.reserve(static_cast<size_t>(count));
  for (int n = 0; n < count; ++n) practices.push_back(MakePractice(n));
  return practices;
}

std::string MakePrescriber(Dice& dice) {
  return WithLuhnKey(fmt::format("751000{:02}", dice.Below(100)));
}

}  // namespace ecluse::patients
