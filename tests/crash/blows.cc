// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/blows.h"

#include <algorithm>
#include <iterator>

namespace ecluse::crash {
namespace {

using How = Blow::How;

constexpr Blow kBlows[] = {
    {"broker-any-instant", How::kInstant, Victim::kBroker},
    {"broker-starting", How::kStarting, Victim::kBroker},
    {"store-opened", How::kOnTheWay, Victim::kBroker, Point::kOpened},
    {"store-read", How::kOnTheWay, Victim::kBroker, Point::kRecovered},
    {"before-endpoint", How::kOnTheWay, Victim::kBroker, Point::kEndpoint},
    {"before-first-commit", How::kOnTheWay, Victim::kBroker, Point::kFirst},
    {"before-commit", How::kPoint, Victim::kBroker, Point::kBefore},
    {"after-commit", How::kPoint, Victim::kBroker, Point::kAfter},
    {"receipt-unsaid", How::kPoint, Victim::kBroker, Point::kDepositKept},
    {"proceed-unsaid", How::kPoint, Victim::kBroker, Point::kMarkKept, 2},
    {"report-heard", How::kPoint, Victim::kBroker, Point::kReportHeard, 2},
    {"noted-unsaid", How::kPoint, Victim::kBroker, Point::kReportKept, 2},
    {"broker-after-200", How::kStruck, Victim::kBroker, Point::kNone, 2},
    {"adapter-any-instant", How::kInstant, Victim::kAdapter, Point::kNone, 2},
    {"adapter-after-200", How::kStruck, Victim::kAdapter, Point::kNone, 2},
    {"both-any-instant", How::kInstant, Victim::kBoth},
};

constexpr Blow kLies[] = {
    {"words-before-commit", How::kLie, Victim::kBroker, Point::kLieWords},
    {"marks-left-out", How::kLie, Victim::kBoth, Point::kLieMarks},
};

}  // namespace

std::span<const Blow> Blows() { return kBlows; }

const Blow* FindLie(std::string_view name) {
  const auto found = std::ranges::find(kLies, name, &Blow::name);
  return found == std::end(kLies) ? nullptr : &*found;
}

}  // namespace ecluse::crash
