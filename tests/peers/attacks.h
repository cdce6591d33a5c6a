// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "adapters/link.h"
#include "tests/peers/tcp.h"

namespace ecluse::peers {

// Whom an attack may be: a practice whose key is known, another one, and a key that nobody knows.
struct Attacker {
  LinkOptions known;
  LinkOptions other;
  LinkOptions stranger;
  std::string finess;  // of `known`
  std::mt19937& random;

  Tcp Line() const { return Tcp(known.endpoint); }
};

struct Attack {
  std::string name;
  // What the broker should have done and did not; empty: nothing.
  std::function<std::string(Attacker&)> act;
};

std::vector<Attack> AttacksOnGreeting();
std::vector<Attack> AttacksOnHandshake();
std::vector<Attack> AttacksOnMessages();
std::vector<Attack> AttacksOnLines();
// A conversation that begins well and is bent by chance.
Attack BentConversation();

// A deposit of one request, as frames of a message: what an honest practice says.
std::vector<std::string> SomeDeposit(const std::string& finess, const std::string& reference);

}  // namespace ecluse::peers
