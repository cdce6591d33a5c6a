// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/attacks.h"
#include "tests/peers/curve.h"

namespace ecluse::peers {
namespace {

std::string Noise(std::mt19937& random, size_t bytes) {
  std::string noise(bytes, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  return noise;
}

// Each must be hung up on.
std::string AllRefused(Attacker& who, const std::vector<std::string>& openings) {
  std::vector<Tcp> lines;
  for (const std::string& opening : openings) {
    lines.push_back(who.Line());
    lines.back().Say(opening);
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].HungUp()) return "opening " + std::to_string(i) + " is not hung up on";
  }
  return "";
}

std::string Garbage(Attacker& who) {
  std::vector<std::string> openings;
  for (int i = 0; i < 50; ++i) openings.push_back(Noise(who.random, 1 + who.random() % 4096));
  return AllRefused(who, openings);
}

std::string OtherProtocols(Attacker& who) {
  return AllRefused(
      who, {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + std::string(200, 'x'),
            "SSH-2.0-OpenSSH_9.2\r\n" + std::string(100, '\n'),
            std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + std::string(600, 'T'),
            std::string(1 << 16, '\0'), std::string(1 << 16, '\xff')});
}

std::vector<std::string> OldVersions() {
  std::vector<std::string> openings = {
      std::string("\1\0", 2) + std::string("\6\0hello", 7),  // 1.0, without a name
      std::string("\6\0named", 7) + std::string("\6\0hello", 7)};
  for (int version = 0; version < 256; version += version < 4 ? 1 : 84) {
    std::string greeting = Greeting("CURVE");
    greeting[10] = static_cast<char>(version);
    // What is newer speaks as 3 does; so let it go wrong after the greeting.
    openings.push_back(greeting + std::string("\0\5hello", 7));
    openings.push_back(greeting.substr(0, 11) + std::string("\5\0\0", 3));
  }
  return openings;
}

std::string OtherMechanisms(Attacker& who) {
  std::vector<std::string> openings;
  for (const char* mechanism : {"NULL", "PLAIN", "GSSAPI", "", "curve", "CURVE2", "WHAT"}) {
    openings.push_back(Greeting(mechanism) + Frame(Command("READY"), kCommand));
    openings.push_back(Greeting(mechanism) + Frame(Command("HELLO", "\1a\1b"), kCommand));
  }
  openings.push_back(Greeting(std::string(20, 'C')) + Frame("x"));
  return AllRefused(who, openings);
}

// Cut at each byte, then silence: the time of a handshake ends it.
std::string Unfinished(Attacker& who) {
  Curve curve(who.known);
  // With old versions, of which some wait for more: the time is waited for once.
  std::vector<std::string> openings = OldVersions();
  for (size_t bytes = 0; bytes <= 64; bytes += 3) {
    openings.push_back(Greeting("CURVE").substr(0, bytes));
  }
  const std::string hello = Frame(curve.Hello(), kCommand);
  for (size_t bytes = 0; bytes <= hello.size(); bytes += 21) {
    openings.push_back(Greeting("CURVE") + hello.substr(0, bytes));
  }
  return AllRefused(who, openings);
}

std::string ClaimsToBeTheServer(Attacker& who) {
  std::string greeting = Greeting("CURVE");
  greeting[32] = 1;
  return AllRefused(who, {greeting + Frame(Command("WELCOME", std::string(160, 'w')), kCommand),
                          greeting + Frame(Command("READY", std::string(60, 'r')), kCommand)});
}

}  // namespace

std::vector<Attack> AttacksOnGreeting() {
  return {{"garbage", Garbage},
          {"other protocols", OtherProtocols},
          {"other mechanisms", OtherMechanisms},
          {"old versions and unfinished handshakes", Unfinished},
          {"claims to be the server", ClaimsToBeTheServer}};
}

}  // namespace ecluse::peers
