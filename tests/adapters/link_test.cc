// SPDX-License-Identifier: Apache-2.0
#include "adapters/link.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <set>
#include <string>

#include "tests/adapters/fake_broker.h"

namespace ecluse {
namespace {

constexpr absl::Duration kLong = absl::Seconds(30);

TEST(LinkTest, ACallIsAnswered) {
  FakeBroker broker([](const wire::CallBody&) { return wire::OperatorsResult{}; });
  auto link = Link::Open(broker.Options());
  ASSERT_TRUE(link.ok());
  const auto reply = (*link)->Ask(wire::Operators{}, kLong);
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_TRUE(std::holds_alternative<wire::OperatorsResult>(*reply));
}

TEST(LinkTest, ACallIsSaidAgainUntilItIsAnswered) {
  int lost = 0;
  FakeBroker broker([&](const wire::CallBody&) -> std::optional<wire::ReplyBody> {
    if (++lost < 3) return std::nullopt;
    return wire::OperatorsResult{};
  });
  auto link = Link::Open(broker.Options());
  EXPECT_TRUE((*link)->Ask(wire::Operators{}, kLong).ok());
  EXPECT_GE(broker.heard(), 3);
}

TEST(LinkTest, AfterLongSilenceAFreshSocketIsTried) {
  int lost = 0;
  FakeBroker broker([&](const wire::CallBody&) -> std::optional<wire::ReplyBody> {
    if (++lost < 6) return std::nullopt;
    return wire::OperatorsResult{};
  });
  LinkOptions options = broker.Options();
  options.silences = 1;
  auto link = Link::Open(options);
  EXPECT_TRUE((*link)->Ask(wire::Operators{}, kLong).ok());
}

TEST(LinkTest, ACallOutlivesARestartOfTheBroker) {
  std::atomic<bool> answers = false;
  FakeBroker broker([&](const wire::CallBody&) -> std::optional<wire::ReplyBody> {
    if (!answers) return std::nullopt;
    return wire::OperatorsResult{};
  });
  LinkOptions options = broker.Options();
  options.patience = kLong;  // only the lost connection makes it say the call again
  auto link = Link::Open(options);
  (*link)->Start(wire::Operators{}, kLong);
  while (broker.heard() == 0) (*link)->Next(absl::Milliseconds(5));
  broker.Stop();
  answers = true;
  broker.Start();
  const auto arrival = (*link)->Next(kLong);
  ASSERT_TRUE(arrival);
  EXPECT_TRUE(arrival->reply.ok());
}

// Hears the first bytes of whoever connects to `port`, and hangs up.
void HangUpInTheHandshake(const std::string& endpoint, Link& link) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port =
      htons(static_cast<uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1))));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const int yes = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  ASSERT_EQ(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(listen(listener, 1), 0);
  int peer = -1;
  while ((peer = accept(listener, nullptr, nullptr)) < 0) link.Next(absl::Milliseconds(5));
  char greeting[10];
  EXPECT_GT(recv(peer, greeting, sizeof greeting, 0), 0);
  link.Next(absl::Milliseconds(50));  // gives the call to the new connection
  close(peer);
  close(listener);
}

TEST(LinkTest, ACallOutlivesAConnectionThatBreaksInItsHandshake) {
  FakeBroker broker([](const wire::CallBody&) { return wire::OperatorsResult{}; });
  broker.Stop();
  LinkOptions options = broker.Options();
  options.patience = absl::Hours(1);  // only the lost connection makes it say the call again
  auto link = Link::Open(options);
  (*link)->Start(wire::Operators{}, absl::Hours(1));
  HangUpInTheHandshake(options.endpoint, **link);
  broker.Start();
  const auto arrival = (*link)->Next(kLong);
  ASSERT_TRUE(arrival);
  EXPECT_TRUE(arrival->reply.ok());
}

TEST(LinkTest, ABrokerThatIsAwayCostsTheDeadlineAndNothingElse) {
  FakeBroker broker([](const wire::CallBody&) { return wire::OperatorsResult{}; });
  broker.Stop();
  auto link = Link::Open(broker.Options());
  const auto reply = (*link)->Ask(wire::Operators{}, absl::Milliseconds(50));
  EXPECT_TRUE(absl::IsDeadlineExceeded(reply.status()));
  EXPECT_EQ((*link)->InFlight(), 0u);
}

TEST(LinkTest, ManyCallsInFlightAreEachAnsweredOnce) {
  FakeBroker broker([](const wire::CallBody&) { return wire::OperatorsResult{}; });
  auto link = Link::Open(broker.Options());
  std::set<Link::Ticket> open;
  for (int i = 0; i < 200; ++i) open.insert((*link)->Start(wire::Operators{}, kLong));
  while (!open.empty()) {
    const auto arrival = (*link)->Next(kLong);
    ASSERT_TRUE(arrival && arrival->reply.ok());
    EXPECT_EQ(open.erase(arrival->ticket), 1u);
  }
}

TEST(LinkTest, WakeEndsTheWait) {
  FakeBroker broker([](const wire::CallBody&) { return wire::OperatorsResult{}; });
  auto link = Link::Open(broker.Options());
  std::thread waker([&] { (*link)->Wake(); });
  EXPECT_FALSE((*link)->Next(absl::Hours(1)));
  waker.join();
}

TEST(LinkTest, AKeyThatIsNoKeyIsRefusedAtOnce) {
  LinkOptions options;
  options.endpoint = "tcp://127.0.0.1:1";
  options.broker_key = "not a key";
  EXPECT_TRUE(absl::IsInvalidArgument(Link::Open(options).status()));
}

TEST(LinkTest, ARefusalKeepsItsCodeAsAStatus) {
  EXPECT_EQ(CodeOf(ToStatus({ErrorCode::kConflict, "items[0]"})), ErrorCode::kConflict);
  EXPECT_EQ(CodeOf(absl::DeadlineExceededError("late")), ErrorCode::kNone);
}

}  // namespace
}  // namespace ecluse
