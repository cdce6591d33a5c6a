// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/attacks.h"
#include "tests/peers/curve.h"

namespace ecluse::peers {
namespace {

const std::string kGoodMetadata = Property("Socket-Type", "DEALER") + Property("Identity", "");

// Says this after the greeting, and must be hung up on.
std::string Refused(const Tcp& line, const std::string& said, const std::string& what) {
  line.Say(said);
  return line.HungUp() ? "" : what + " is not hung up on";
}

std::string RefusedAsFirst(Attacker& who, const std::string& said, const std::string& what) {
  const Tcp line = who.Line();
  line.Say(Greeting("CURVE"));
  return Refused(line, said, what);
}

std::string BadHellos(Attacker& who) {
  std::string trouble;
  const auto bad = [&](const std::string& said, const std::string& what) {
    if (trouble.empty()) trouble = RefusedAsFirst(who, said, "a hello " + what);
  };
  const std::string good = Curve(who.known).Hello();
  for (const size_t size : {size_t{0}, size_t{1}, size_t{5}, size_t{6}, size_t{7}, size_t{199}}) {
    bad(Frame(good.substr(0, size), kCommand), "of " + std::to_string(size) + " bytes");
  }
  for (const size_t more : {1, 55, 56, 65'536}) {
    bad(Frame(good + std::string(more, 'x'), kCommand), std::to_string(more) + " bytes too long");
  }
  for (const size_t at : {1, 6, 7, 120, 199}) {
    std::string bent = good;
    bent[at] = static_cast<char>(bent[at] ^ 0x10);
    bad(Frame(bent, kCommand), "bent at " + std::to_string(at));
  }
  std::string zero_key = good;
  zero_key.replace(80, 32, std::string(32, '\0'));
  bad(Frame(zero_key, kCommand), "with a key of zeros");
  return trouble;
}

std::string OutOfOrder(Attacker& who) {
  std::string trouble;
  for (const char* name : {"INITIATE", "WELCOME", "READY", "MESSAGE", "ERROR", "PING", "WHAT"}) {
    if (!trouble.empty()) break;
    for (const uint8_t flags : {uint8_t{0}, kCommand}) {
      trouble += RefusedAsFirst(who, Frame(Command(name, std::string(300, 'o')), flags),
                                std::string(name) + " as first word");
    }
  }
  const Tcp twice = who.Line();
  Curve curve(who.known);
  if (!curve.Begin(twice)) return trouble + "a good hello is refused";
  return trouble + Refused(twice, Frame(curve.Hello(), kCommand), "a second hello");
}

std::string ReplayedInitiate(Attacker& who) {
  const Tcp first = who.Line();
  Curve curve(who.known);
  if (!curve.Begin(first)) return "a good hello is refused";
  const std::string initiate = Frame(curve.Initiate(kGoodMetadata), kCommand);
  first.Say(initiate);
  if (!HearFrame(first).starts_with("\5READY")) return "a good handshake is refused";
  const Tcp second = who.Line();
  Curve again(who.known);
  if (!again.Begin(second)) return "a good hello is refused";
  return Refused(second, initiate, "another line's initiate");
}

std::string ForeignKeys(Attacker& who) {
  const auto refused = [&](Curve curve, const std::string& what) {
    const Tcp line = who.Line();
    return curve.Handshake(line) ? what + " comes in" : "";
  };
  return refused(Curve(who.known, who.other), "a key with another one's vouch") +
         refused(Curve(who.known, who.stranger), "a known key with a stranger's vouch") +
         refused(Curve(who.stranger, who.known), "a stranger with a known one's vouch") +
         refused(Curve(who.stranger), "a stranger");
}

std::string BadMetadata(Attacker& who) {
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += Property("X-" + std::to_string(i), "value");
  const std::string lying = std::string("\x0bSocket-Type\xff\xff\xff\xff", 16) + "DEALER";
  // Some are odd but lawful; what counts is that the broker lives.
  const std::vector<std::string> odd = {
      "",
      many,
      lying,
      std::string(1, '\0'),
      std::string(1000, '\0'),
      std::string(100'000, '\xff'),
      Property("Socket-Type", ""),
      Property("Socket-Type", "PUB"),
      Property("Socket-Type", "ROUTER"),
      Property("Socket-Type", std::string(1 << 20, 'D')),
      Property("", "nameless") + kGoodMetadata,
      Property("Identity", std::string(256, 'i')) + Property("Socket-Type", "DEALER"),
      Property("Identity", std::string(70'000, 'i')) + Property("Socket-Type", "DEALER"),
      Property("Identity", "one") + Property("Identity", "two") + kGoodMetadata,
      Property("User-Id", who.other.public_key) + kGoodMetadata,
      Property("__fd", "1") + kGoodMetadata,
      kGoodMetadata.substr(0, kGoodMetadata.size() - 3)};
  for (const std::string& metadata : odd) {
    const Tcp line = who.Line();
    Curve curve(who.known);
    curve.Handshake(line, metadata);
  }
  return "";
}

std::string BadInitiates(Attacker& who) {
  for (size_t size = 0; size < 400; size += 13) {
    const Tcp line = who.Line();
    Curve curve(who.known);
    if (!curve.Begin(line)) return "a good hello is refused";
    std::string initiate = curve.Initiate(kGoodMetadata);
    initiate.resize(size, 'i');
    const std::string trouble =
        Refused(line, Frame(initiate, kCommand), "an initiate of " + std::to_string(size));
    if (!trouble.empty()) return trouble;
  }
  for (size_t at = 0; at < 280; at += 17) {
    const Tcp line = who.Line();
    Curve curve(who.known);
    if (!curve.Begin(line)) return "a good hello is refused";
    std::string initiate = curve.Initiate(kGoodMetadata);
    initiate[at] = static_cast<char>(initiate[at] ^ 1);
    const std::string trouble =
        Refused(line, Frame(initiate, kCommand), "an initiate bent at " + std::to_string(at));
    if (!trouble.empty()) return trouble;
  }
  return "";
}

}  // namespace

std::vector<Attack> AttacksOnHandshake() {
  return {{"bad hellos", BadHellos},
          {"words out of order", OutOfOrder},
          {"replayed initiate", ReplayedInitiate},
          {"foreign keys", ForeignKeys},
          {"bad metadata", BadMetadata},
          {"bad initiates", BadInitiates}};
}

}  // namespace ecluse::peers
