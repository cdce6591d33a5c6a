// SPDX-License-Identifier: Apache-2.0
#include "proto/codec.h"
#include "tests/peers/attacks.h"
#include "tests/peers/curve.h"

namespace ecluse::peers {
namespace {

constexpr uint8_t kBoxedMore = 1;
constexpr uint8_t kBoxedCommand = 2;

// A line of a peer that is known, after its handshake.
struct Known {
  explicit Known(Attacker& who) : line(who.Line()), curve(who.known) { in = curve.Handshake(line); }
  void Say(const std::vector<std::string>& frames) {
    for (size_t i = 0; i < frames.size(); ++i) {
      line.Say(curve.Message(frames[i], i + 1 < frames.size() ? kBoxedMore : 0));
    }
  }
  Tcp line;
  Curve curve;
  bool in = false;
};

std::string HugeFrames(Attacker& who) {
  for (const uint64_t size : {uint64_t{1} << 63, ~uint64_t{0}, uint64_t{1} << 32, uint64_t{9} << 20,
                              (uint64_t{1} << 63) - 1}) {
    for (const uint8_t flags : {uint8_t{0}, kMore, kCommand}) {
      Known known(who);
      known.line.Say(Frame("some bytes", flags, size));
      if (!known.line.HungUp()) return "a frame of " + std::to_string(size) + " is waited for";
    }
  }
  return "";
}

std::string EveryFrameFlag(Attacker& who) {
  for (int flags = 0; flags < 256; ++flags) {
    Known known(who);
    if (!known.in) return "a good handshake is refused";
    known.line.Say(Frame(Command("MESSAGE", std::string(40, 'm')), static_cast<uint8_t>(flags)));
    if (!known.line.HungUp()) return "a false box with flags " + std::to_string(flags) + " stays";
  }
  return "";
}

std::string EveryCommand(Attacker& who) {
  const std::string lying("\xffPING", 5);
  const std::vector<std::string> commands = {"",
                                             std::string(1, '\0'),
                                             lying,
                                             Command("PING"),
                                             Command("PING", "\1"),
                                             Command("PING", std::string("\0\1", 2)),
                                             Command("PING", "\xff\xff" + std::string(16, 'c')),
                                             Command("PING", "\xff\xff" + std::string(17, 'c')),
                                             Command("PING", std::string(100'000, 'c')),
                                             Command("PONG"),
                                             Command("PONG", std::string(100'000, 'c')),
                                             Command("SUBSCRIBE"),
                                             Command("SUBSCRIBE", "topic"),
                                             Command("CANCEL", "topic"),
                                             Command("JOIN", "group"),
                                             Command("LEAVE", "group"),
                                             Command("ERROR", "\5wrong"),
                                             Command("ERROR", "\xffwrong"),
                                             Command("READY", Property("Identity", "new")),
                                             Command("HELLO"),
                                             Command("WHAT", "ever"),
                                             std::string(255, 'W')};
  for (const std::string& command : commands) {
    for (const uint8_t flags : {kBoxedCommand, uint8_t{kBoxedCommand | kBoxedMore}}) {
      Known known(who);
      if (!known.in) return "a good handshake is refused";
      known.line.Say(known.curve.Message(command, flags));
      known.Say({"and", "a message"});
      known.line.Say(Frame(command, kCommand));  // not in a box
    }
  }
  return "";
}

std::string BadBoxes(Attacker& who) {
  for (size_t size = 0; size < 38; ++size) {
    Known known(who);
    known.line.Say(Frame(known.curve.Message("hello").substr(2, size)));
    if (!known.line.HungUp()) return "a box of " + std::to_string(size) + " stays";
  }
  for (int flags = 0; flags < 256; flags += 5) {
    Known known(who);
    known.line.Say(known.curve.Message("hello", static_cast<uint8_t>(flags)));
    known.line.Say(known.curve.Message(""));
  }
  Known replay(who);
  const std::string message = replay.curve.Message("hello");
  replay.line.Say(message + message);
  if (!replay.line.HungUp()) return "a box may come twice";
  Known back(who);
  back.line.Say(back.curve.MessageWithNonce("hello", 0, ~uint64_t{0}));
  back.line.Say(back.curve.MessageWithNonce("hello", 0, 5));
  return back.line.HungUp() ? "" : "a nonce may go back";
}

std::string NoMessagesOfOurs(Attacker& who) {
  Known known(who);
  for (int n = 0; n < 200; ++n) {
    std::vector<std::string> frames(1 + who.random() % 6);
    for (std::string& frame : frames) {
      frame.resize(who.random() % 300);
      for (char& c : frame) c = static_cast<char>(who.random());
    }
    known.Say(frames);
  }
  known.Say(std::vector<std::string>(600, ""));
  std::vector<std::string> deposit = SomeDeposit(who.finess, "not ours");
  for (int n = 0; n < 200; ++n) {
    std::vector<std::string> bent = deposit;
    bent[0][who.random() % bent[0].size()] ^= static_cast<char>(1U << who.random() % 8);
    known.Say(bent);
  }
  return known.in ? "" : "a good handshake is refused";
}

std::string EndlessMessage(Attacker& who) {
  Known known(who);
  for (int n = 0; n < 200'000; ++n) {
    if (known.line.Say(known.curve.Message("x", kBoxedMore)) == 0) break;
  }
  return known.in ? "" : "a good handshake is refused";
}

std::string PingFlood(Attacker& who) {
  Known known(who);
  const std::string ping = Command("PING", std::string("\0\0", 2) + std::string(16, 'c'));
  for (int n = 0; n < 50'000; ++n) {
    // The answers are not read, so that in the end nothing is taken any more.
    if (known.line.SayAtOnce(known.curve.Message(ping, kBoxedCommand)) == 0) break;
  }
  return known.in ? "" : "a good handshake is refused";
}

std::string ByteByByte(Attacker& who) {
  Known known(who);
  const std::vector<std::string> deposit =
      SomeDeposit(who.finess, "slow-" + std::to_string(who.random()));
  for (size_t i = 0; i < deposit.size(); ++i) {
    for (const char c : known.curve.Message(deposit[i], i + 1 < deposit.size() ? kBoxedMore : 0)) {
      known.line.Say(std::string(1, c));
    }
  }
  return HearFrame(known.line).starts_with("\7MESSAGE") ? "" : "who speaks slowly is not answered";
}

}  // namespace

std::vector<std::string> SomeDeposit(const std::string& finess, const std::string& reference) {
  wire::Deposit deposit;
  deposit.items.push_back({{{"memory"}, {"authorisation"}},
                           finess,
                           reference,
                           Kind::kAuthorisation,
                           "application/xml",
                           "<demande/>"});
  return EncodeCall({1, std::move(deposit)});
}

std::vector<Attack> AttacksOnMessages() {
  return {{"huge frames", HugeFrames},
          {"every flag of a frame", EveryFrameFlag},
          {"every command", EveryCommand},
          {"bad boxes", BadBoxes},
          {"no messages of ours", NoMessagesOfOurs},
          {"a message without end", EndlessMessage},
          {"a flood of pings", PingFlood},
          {"byte by byte", ByteByByte}};
}

}  // namespace ecluse::peers
