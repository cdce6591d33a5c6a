// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/promises.h"

namespace ecluse::conformance {
namespace {

std::string Always(const Settings&) { return ""; }
std::string WithProbe(const Settings& s) {
  return s.probes ? "" : "this service has no probe: a person settles every doubt";
}
std::string WithLogin(const Settings& s) { return s.logs_in ? "" : "this service needs no login"; }
std::string WithTwo(const Settings& s) {
  return s.may_be_two ? "" : "by its settings this adapter runs alone";
}

}  // namespace

const std::vector<Promise>& Promises() {
  static const std::vector<Promise> kAll = {
      {"at-most-once", "Sends each try at most once, whatever becomes of the answer.", 16, Always,
       AtMostOnce},
      {"doubt", "Reports as doubt what it can't know.", 16, Always, DoubtIsDoubt},
      {"probe", "Its probe tells the truth: had, never had, can't say.", 16, WithProbe,
       ProbeIsTruthful},
      {"not-sent", "Says \"surely not sent\" when that is sure, and only then.", 16, Always,
       SurelyNotSentIsTrue},
      {"retry-after", "Passes on Retry-After in full.", 16, Always, RetryAfterInFull},
      {"stop", "On SIGTERM finishes and reports what has begun, and begins nothing.", 1, Always,
       GracefulStop},
      {"crash", "Killed between acceptance and report, it does not send again.", 16, Always,
       CrashInTheMiddle},
      {"two-at-once", "Two of its processes at once don't double.", 16, WithTwo, TwoAtOnce},
      {"late-answers", "Late and repeated answers do no harm.", 16, WithProbe, LateAnswers},
      {"big-content", "Carries the longest content and answer byte for byte.", 16, Always,
       BigContent},
      {"login-once", "Tries a refused login once, then says so.", 16, WithLogin, RefusedLoginOnce},
      {"secrets", "Logs no secret and nothing about a patient.", 16, Always, SecretsNotLogged},
      {"epochs", "Leaves alone the work of a broker that was restored over.", 16, Always, Epochs,
       true},
      {"dry-run", "Sends nothing of a dry run, and tells what it found.", 16, Always, DryRun, true},
      {"leave", "Says that it leaves when it is stopped.", 16, Always, Leaves, true},
  };
  return kAll;
}

}  // namespace ecluse::conformance
