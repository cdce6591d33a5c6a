// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/civil_time.h>

#include <cstdint>
#include <string>
#include <vector>

#include "proto/names.h"
#include "tests/support/patients/dice.h"

// People and practices who do not exist.
namespace ecluse::patients {

struct Person {
  std::string surname;
  std::string first_name;
  absl::CivilDay birth;
  // 13 characters and a key that fits. Department 99 is "born abroad" and the country after it is
  // 000, which is none: such a number belongs to nobody.
  std::string nir;
  std::string nir_key;
};

enum class Trade : uint8_t { kOptician, kAudiologist, kPharmacist };

struct Practice {
  PracticeId id;
  Trade trade = Trade::kOptician;
  std::string name;
  std::string finess;  // the key fits; the number begins with 7500, then zeros
};

Person MakePerson(Dice& dice);

// The n-th practice is always the same, whatever the seed. At most 99.
Practice MakePractice(int n);
std::vector<Practice> MakePractices(int count);

// A professional's number in nine characters, made up, with its key.
std::string MakePrescriber(Dice& dice);

// `digits` and the digit that makes Luhn's rule hold.
std::string WithLuhnKey(const std::string& digits);

}  // namespace ecluse::patients
