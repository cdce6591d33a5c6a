// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>

#include "tests/peers/attacks.h"
#include "tests/peers/curve.h"

namespace ecluse::peers {
namespace {

const std::string kGoodMetadata = Property("Socket-Type", "DEALER") + Property("Identity", "");

// Goes as far as `stage` and then away, rudely.
std::string ResetAtEachStage(Attacker& who) {
  for (int round = 0; round < 120; ++round) {
    Tcp line = who.Line();
    Curve curve(who.known);
    const int stage = round % 6;
    if (stage >= 1) line.Say(Greeting("CURVE").substr(0, 1 + who.random() % 64));
    if (stage >= 2) {
      Tcp other = who.Line();
      if (!curve.Begin(other)) return "a good hello is refused";
      if (stage >= 3) other.Say(Frame(curve.Initiate(kGoodMetadata), kCommand));
      if (stage >= 4) HearFrame(other);
      if (stage >= 5) other.Say(curve.Message("half a message", 1));
      other.Reset();
    }
    line.Reset();
  }
  return "";
}

std::string GoneWhileAnswered(Attacker& who) {
  for (int round = 0; round < 60; ++round) {
    Tcp line = who.Line();
    Curve curve(who.known);
    if (!curve.Handshake(line)) return "a good handshake is refused";
    for (int n = 0; n < 20; ++n) {
      const auto deposit = SomeDeposit(who.finess, "gone-" + std::to_string(who.random()));
      line.Say(curve.Message(deposit[0], 1));
      line.Say(curve.Message(deposit[1]));
    }
    if (round % 3 == 0) HearFrame(line);
    if (round % 2 == 0) line.Reset();
  }
  return "";
}

// More than a queue holds, with pings between, and away before it is read. With a bound on the
// messages that wait, libzmq 4.3.4 stops reading, sees the reset, reads on and aborts at the ping.
std::string FullAndGone(Attacker& who) {
  const std::string ping = Command("PING", std::string("\0\0", 2));
  for (int round = 0; round < 40; ++round) {
    Tcp line = who.Line();
    Curve curve(who.known);
    if (!curve.Handshake(line)) return "a good handshake is refused";
    std::string burst;
    for (int n = 0; n < 600; ++n) burst += n % 4 == 3 ? curve.Message(ping, 2) : curve.Message("x");
    line.Say(burst);
    // Sometimes at once, sometimes when the first are answered.
    if (round % 2 == 0) HearFrame(line);
    line.Reset();
  }
  return "";
}

// The second of two with one name is never read, so that what it says fills its queue for good.
std::string NamesakesFullAndGone(Attacker& who) {
  const std::string metadata = Property("Socket-Type", "DEALER") + Property("Identity", "twin");
  std::vector<Tcp> lines;
  for (int n = 0; n < 12; ++n) {
    lines.push_back(who.Line());
    Curve curve(who.known);
    if (!curve.Handshake(lines.back(), metadata)) return "a good handshake is refused";
    std::string burst;
    for (int i = 0; i < 400; ++i) burst += curve.Message("x");
    lines.back().Say(burst);
  }
  for (Tcp& line : lines) line.Reset();
  return "";
}

std::string HalfClosed(Attacker& who) {
  std::vector<Tcp> lines;
  for (int n = 0; n < 50; ++n) {
    lines.push_back(who.Line());
    Curve curve(who.known);
    if (n % 2 == 0) curve.Handshake(lines.back());
    shutdown(lines.back().fd(), SHUT_WR);
  }
  for (const Tcp& line : lines) {
    if (!line.HungUp()) return "who says goodbye is kept";
  }
  return "";
}

std::string ComesAndGoes(Attacker& who) {
  for (int n = 0; n < 2000; ++n) {
    Tcp line = who.Line();
    if (n % 2 == 0) line.Reset();
  }
  return "";
}

std::string Crowd(Attacker& who) {
  std::vector<Tcp> lines;
  for (int n = 0; n < 3000; ++n) {
    lines.push_back(who.Line());
    if (n % 3 == 0) lines.back().Say(Greeting("CURVE").substr(0, 1 + who.random() % 64));
  }
  // They stay while an honest peer comes in.
  const Tcp line = who.Line();
  return Curve(who.known).Handshake(line) ? "" : "a crowd keeps others out";
}

}  // namespace

std::vector<Attack> AttacksOnLines() {
  return {{"reset at each stage", ResetAtEachStage},
          {"gone while answered", GoneWhileAnswered},
          {"full and gone", FullAndGone},
          {"namesakes, full and gone", NamesakesFullAndGone},
          {"half closed", HalfClosed},
          {"comes and goes", ComesAndGoes},
          {"a crowd", Crowd}};
}

Attack BentConversation() {
  return {"bent conversation", [](Attacker& who) -> std::string {
            // What does not come because of what was bent is not waited for long.
            const Tcp line(who.known.endpoint, 50);
            Curve curve(who.known);
            const auto say = [&](std::string said) {
              const size_t at = who.random() % said.size();
              switch (who.random() % 12) {
                case 0:
                  said[at] = static_cast<char>(said[at] ^ (1U << who.random() % 8));
                  break;
                case 1:
                  said.erase(at, 1 + who.random() % 8);
                  break;
                case 2:
                  said.insert(at, said.substr(0, 1 + who.random() % 16));
                  break;
                case 3:
                  said.resize(at);
                  break;
                case 4:
                  said += said;
                  break;
                default:
                  break;
              }
              line.Say(said);
            };
            say(Greeting("CURVE"));
            if (line.Hear(64).size() != 64) return "";
            say(Frame(curve.Hello(), kCommand));
            if (!curve.Welcome(HearFrame(line))) return "";
            say(Frame(curve.Initiate(kGoodMetadata), kCommand));
            for (int n = 0; n < 8; ++n) {
              say(curve.Message(SomeDeposit(who.finess, "bent")[n % 2],
                                static_cast<uint8_t>(who.random() % 4)));
            }
            return "";
          }};
}

}  // namespace ecluse::peers
