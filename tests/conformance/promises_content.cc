// SPDX-License-Identifier: Apache-2.0
// What an adapter does with contents, logins and its log.
#include <absl/strings/escaping.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "tests/conformance/promises.h"

namespace ecluse::conformance {
namespace {

// Of nobody: there is no such month and no such place.
constexpr char kNir[] = "199999999999934";
constexpr char kPatient[] = "PATIENT-WHO-MUST-NOT-BE-NAMED";

// Every value of a byte, line ends of all kinds, and no order in it.
std::string Octets(size_t bytes) {
  std::mt19937 random(20240208);
  std::string octets(bytes, '\0');
  for (char& c : octets) c = static_cast<char>(random());
  return octets;
}

// The stand's letter: a PDF's head, filled up with "0123456789…". As it is, or in Base64.
bool HasLetter(const std::string& body, size_t bytes) {
  const std::string head = "%PDF-1.4\n";
  std::string letter;
  if (const size_t at = body.find(head); at != std::string::npos) {
    letter = body.substr(at, bytes);
  } else if (const size_t coded = body.find("JVBERi0xLjQK"); coded != std::string::npos) {
    if (!absl::Base64Unescape(body.substr(coded, (bytes + 2) / 3 * 4).c_str(), &letter))
      return false;
  }
  const std::string foot = "%%EOF\n";
  const size_t filled = letter.find(foot);
  if (filled == std::string::npos || letter.size() != bytes) return false;
  for (size_t i = filled + foot.size(), digit = 0; i < bytes; ++i, digit = (digit + 1) % 10) {
    if (letter[i] != static_cast<char>('0' + digit)) return false;
  }
  return true;
}

}  // namespace

Finding BigContent(Play& play) {
  const Settings& settings = play.settings();
  play.StartWarm();
  const size_t before = play.Ledger().accepted.size();
  if (settings.content_bytes > 0) {
    const RequestId big = play.Deposit(0, Octets(settings.content_bytes));
    play.Until("the operator accepts it", [&] { return play.Ledger().accepted.size() > before; });
    play.Must(!play.Accepted(big).empty(),
              fmt::format("of {} bytes the operator got {}, or others", settings.content_bytes,
                          play.ok() ? play.Ledger().accepted.back().bytes : 0));
    play.UntilSettled({big});
    play.NoLie(big);
  }
  if (settings.letter_bytes > 0) {
    play.Tell(fmt::format("letter {}", settings.letter_bytes));
    const RequestId answered = play.Deposit();
    play.UntilSettled({answered});
    const auto entries = play.Inbox(answered);
    play.Must(
        std::ranges::any_of(entries,
                            [&](const wire::InboxEntry& entry) {
                              return HasLetter(entry.body, settings.letter_bytes);
                            }),
        fmt::format("a letter of {} bytes did not reach the inbox whole", settings.letter_bytes));
    play.NoLie(answered);
  }
  return play.End(fmt::format("{} bytes there, a letter of {} bytes back", settings.content_bytes,
                              settings.letter_bytes));
}

Finding RefusedLoginOnce(Play& play) {
  const Practice& practice = play.world().practices()[0];
  play.Tell("account " + practice.id.text + " secret changed-at-the-operator");
  play.StartAdapter();
  std::vector<RequestId> held;
  for (int i = 0; i < 3; ++i) held.push_back(play.Deposit(0));
  const auto tried_twice = [&] {
    const uint32_t wrong = play.WrongLogins(0);
    play.Must(wrong <= 1, fmt::format("a refused login was tried {} times", wrong));
  };
  for (const RequestId id : held) {
    play.Until("the broker hears that the account needs a person", [&] {
      tried_twice();
      return play.StatusOf(id, 0).why == wire::WhyWaiting::kAccount;
    });
  }
  const RequestId other = play.Deposit(1);
  play.UntilSettled({other});
  play.KillAdapter();
  play.StartAdapter();
  const RequestId another = play.Deposit(1);
  play.UntilSettled({another});
  tried_twice();
  Practice renewed = practice;
  renewed.secret = "changed-at-the-operator";
  play.GiveSecret(renewed);
  play.KillAdapter();
  play.StartAdapter();
  play.UntilSettled(held);
  tried_twice();
  play.Must(play.WrongLogins(0) == 1, "the wrong login was never tried: the stand asks for none");
  for (const RequestId id : held) play.NoLie(id);
  return play.End(
      "one wrong login, the account parked, the others served, all sent after a new secret");
}

Finding SecretsNotLogged(Play& play) {
  play.StartWarm();
  const auto deposit = [&] {
    return play.Deposit(0, fmt::format("{} {}\n{}", kPatient, kNir, play.NextContent()));
  };
  std::vector<RequestId> all;
  for (const char* faults : {"none", "error=100", "drop-after=100", "garbage=100", "page=100"}) {
    play.Tell(std::string("faults ") + faults);
    all.push_back(deposit());
    play.UntilTryEnded(all.back());
  }
  play.Tell("faults none");
  const Practice& practice = play.world().practices()[0];
  if (play.settings().logs_in) {
    play.Tell("account " + practice.id.text + " secret changed-at-the-operator");
    all.push_back(deposit());
    play.Until("the login is refused", [&] { return play.WrongLogins(0) > 0; });
  }
  play.StopAdapter();
  const std::string logs = play.world().Logs();
  const std::string coded = absl::Base64Escape(practice.login + ":" + practice.secret);
  const std::pair<std::string, const char*> never[] = {
      {practice.secret, "the account's secret"},
      {coded, "the account's login header"},
      {kNir, "a NIR"},
      {kPatient, "the content"},
      {"reference-0000", "the practice's reference, which may name a patient"},
  };
  for (const auto& [text, what] : never) {
    play.Must(logs.find(text) == std::string::npos, fmt::format("it printed or logged {}", what));
  }
  return play.End(fmt::format("{} bytes of log, nothing in them", logs.size()));
}

}  // namespace ecluse::conformance
