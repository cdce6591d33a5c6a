// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <random>

#include "tests/net/router_fixture.h"

namespace ecluse {
namespace {

// Bytes on a bare TCP connection, by somebody who does not speak our language or speaks it ill.
class HostileTest : public RouterFixture {
 protected:
  class Raw {
   public:
    explicit Raw(const std::string& endpoint) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
      const std::string port = endpoint.substr(endpoint.rfind(':') + 1);
      sockaddr_in address = {};
      address.sin_family = AF_INET;
      address.sin_port = htons(static_cast<uint16_t>(std::stoi(port)));
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      sockaddr generic = {};
      static_assert(sizeof generic == sizeof address);
      memcpy(&generic, &address, sizeof address);
      connected_ = connect(fd_, &generic, sizeof generic) == 0;
    }
    Raw(const Raw&) = delete;
    Raw& operator=(const Raw&) = delete;
    ~Raw() { close(fd_); }

    bool Write(const std::string& bytes) const {
      return connected_ && send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) > 0;
    }
    // The broker hung up, or reset the line.
    bool Closed() const {
      char byte[256];
      ssize_t n = 0;
      while ((n = recv(fd_, byte, sizeof byte, MSG_DONTWAIT)) > 0) continue;
      return n == 0 || (errno != EAGAIN && errno != EINTR);
    }

   private:
    int fd_;
    bool connected_ = false;
  };

  // So many that say nothing; how many of them the broker hung up on, once an honest peer was
  // served beside them.
  size_t HungUpOfCrowd(size_t size) {
    Client honest = Connect(a_);
    EXPECT_TRUE(Say(honest, {"before"}) && Answered(honest));
    std::vector<std::unique_ptr<Raw>> crowd;
    for (size_t i = 0; i < size; ++i) {
      crowd.push_back(std::make_unique<Raw>(router_->endpoint()));
      if (i % 32 == 0) Turn();
    }
    EXPECT_TRUE(ServesOthers());
    EXPECT_TRUE(Say(honest, {"after"}) && Answered(honest, 2));
    return std::count_if(crowd.begin(), crowd.end(), [](const auto& raw) { return raw->Closed(); });
  }

  static std::string Greeting(const std::string& mechanism) {
    std::string greeting("\xff\0\0\0\0\0\0\0\1\x7f\3\0", 12);
    greeting += mechanism;
    greeting.resize(64, '\0');
    return greeting;
  }
};

TEST_F(HostileTest, GarbageHarmsNobody) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::string garbage(1 + random() % 4096, '\0');
    for (char& c : garbage) c = static_cast<char>(random());
    const Raw raw(router_->endpoint());
    ASSERT_TRUE(raw.Write(garbage));
    Turn();
  }
  EXPECT_TRUE(ServesOthers());
  EXPECT_EQ(received_.size(), 1u);
}

TEST_F(HostileTest, WebBrowserIsHungUpOn) {
  const Raw raw(router_->endpoint());
  ASSERT_TRUE(raw.Write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + std::string(200, 'x')));
  EXPECT_TRUE(Until([&] { return raw.Closed(); }));
  EXPECT_TRUE(ServesOthers());
}

TEST_F(HostileTest, OtherMechanismsAreHungUpOn) {
  for (const std::string mechanism : {"NULL", "PLAIN", "GSSAPI", "WHAT"}) {
    const Raw raw(router_->endpoint());
    ASSERT_TRUE(raw.Write(Greeting(mechanism)));
    EXPECT_TRUE(Until([&] { return raw.Closed(); })) << mechanism;
  }
  EXPECT_TRUE(ServesOthers());
}

TEST_F(HostileTest, AnnouncedGibibyteIsHungUpOn) {
  const Raw raw(router_->endpoint());
  // A long frame of 2^30 bytes, before the handshake is over.
  const std::string frame("\x06\0\0\0\0\x40\0\0\0", 9);
  ASSERT_TRUE(raw.Write(Greeting("CURVE") + frame + std::string(4096, 'x')));
  EXPECT_TRUE(Until([&] { return raw.Closed(); }));
  EXPECT_TRUE(ServesOthers());
}

TEST_F(HostileTest, GarbledHandshakeIsHungUpOn) {
  const Raw raw(router_->endpoint());
  const std::string hello = std::string("\x04\xc8\5HELLO", 8) + std::string(194, 'z');
  ASSERT_TRUE(raw.Write(Greeting("CURVE") + hello));
  EXPECT_TRUE(Until([&] { return raw.Closed(); }));
  EXPECT_TRUE(ServesOthers());
}

TEST_F(HostileTest, HalfOpenConnectionsHarmNobody) {
  std::vector<std::unique_ptr<Raw>> half;
  for (int i = 0; i < 200; ++i) {
    half.push_back(std::make_unique<Raw>(router_->endpoint()));
    half.back()->Write(Greeting("CURVE").substr(0, i % 64 + 1));
    Turn();
  }
  EXPECT_TRUE(ServesOthers());
}

TEST_F(HostileTest, CrowdThatNeverSpeaksIsHungUpOnAndTheOthersAreNot) {
  Start(limits::kUnheardByAll, 64);
  EXPECT_GE(HungUpOfCrowd(1000), 1000u - 64u);
  EXPECT_GE(router_->counts().crowded, 1000u - 64u);
}

TEST_F(HostileTest, WithoutABoundTheCrowdStays) {
  Start(limits::kUnheardByAll, SIZE_MAX);
  EXPECT_EQ(HungUpOfCrowd(300), 0u);
}

}  // namespace
}  // namespace ecluse
