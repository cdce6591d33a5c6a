// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/protocols/mail/mailbox.h"
#include "adapters/protocols/mail/smtp.h"
#include "tests/support/mail/mail_servers.h"

namespace ecluse::mail {
namespace {

constexpr char kMail[] = "From: <shop@ecluse.test>\r\nSubject: one\r\n\r\n.hidden dot\r\nend\r\n";

class ServersTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!MailServers::WhyNot().empty()) return;
    auto started = MailServers::Start({{"shop", "shop-secret"}, {"desk", "desk-secret"}});
    ASSERT_TRUE(started.ok()) << started.status();
    servers_ = std::move(*started).release();
  }
  static void TearDownTestSuite() {
    delete servers_;
    servers_ = nullptr;
  }
  void SetUp() override {
    if (const std::string why = MailServers::WhyNot(); !why.empty()) GTEST_SKIP() << why;
    ASSERT_NE(servers_, nullptr);
  }

  static SmtpSite Smtp() {
    SmtpSite site;
    site.url = servers_->submission();
    site.ca = servers_->ca();
    site.login = site.from = MailServers::Address("shop");
    site.secret = "shop-secret";
    site.to = MailServers::Address("desk");
    return site;
  }
  static std::unique_ptr<Mailbox> Box(const std::string& url) {
    auto box = Mailbox::Open({.url = url,
                              .ca = servers_->ca(),
                              .login = MailServers::Address("desk"),
                              .secret = "desk-secret"});
    return box.ok() ? *std::move(box) : nullptr;
  }
  static void Empty() {
    auto box = Box(servers_->imaps());
    const auto items = box->List(100);
    ASSERT_TRUE(items.ok()) << items.status();
    for (const auto& item : *items) ASSERT_TRUE(box->Remove(item.id).ok());
  }
  static void SendAndRead(const std::string& url) {
    Empty();
    const Submitted sent = Submit(Smtp(), kMail);
    EXPECT_EQ(sent.broke, Submitted::Break::kNone) << sent.code;
    ASSERT_TRUE(servers_->WaitForMails("desk", 1));
    auto box = Box(url);
    const auto items = box->List(100);
    ASSERT_TRUE(items.ok()) << items.status();
    ASSERT_EQ(items->size(), 1u);
    const auto mail = box->Fetch(items->front().id);
    ASSERT_TRUE(mail.ok()) << mail.status();
    EXPECT_NE(mail->find("\r\n.hidden dot\r\nend"), std::string::npos) << *mail;
    EXPECT_TRUE(box->Remove(items->front().id).ok());
    box.reset();
    const auto left = Box(url)->List(100);
    ASSERT_TRUE(left.ok()) << left.status();
    EXPECT_TRUE(left->empty());
  }

  static MailServers* servers_;
};
MailServers* ServersTest::servers_ = nullptr;

TEST_F(ServersTest, WhatIsSubmittedIsReadByPop3AndRemoved) { SendAndRead(servers_->pop3s()); }
TEST_F(ServersTest, WhatIsSubmittedIsReadByImapAndRemoved) { SendAndRead(servers_->imaps()); }

TEST_F(ServersTest, AWrongSecretIsARefusedLogin) {
  SmtpSite site = Smtp();
  site.secret = "wrong";
  const Submitted sent = Submit(site, kMail);
  EXPECT_EQ(sent.broke, Submitted::Break::kLogin);
  EXPECT_FALSE(sent.body_begun);
}

TEST_F(ServersTest, AnUntrustedServerGetsNothing) {
  SmtpSite site = Smtp();
  site.ca = servers_->directory() + "/tls/other-ca.pem";
  const Submitted sent = Submit(site, kMail);
  EXPECT_EQ(sent.broke, Submitted::Break::kUntrusted);
}

TEST_F(ServersTest, AnUnknownRecipientIsARefusalOfACommand) {
  SmtpSite site = Smtp();
  site.to = MailServers::Address("nobody");
  const Submitted sent = Submit(site, kMail);
  EXPECT_EQ(sent.broke, Submitted::Break::kRefused);
  EXPECT_EQ(sent.code, 550);
  EXPECT_FALSE(sent.body_begun);
}

TEST_F(ServersTest, AMailThatIsTooLongIsRefusedAfterIt) {
  const std::string long_mail = std::string(kMail) + std::string(34 << 20, 'x');
  const Submitted sent = Submit(Smtp(), long_mail);
  EXPECT_EQ(sent.broke, Submitted::Break::kRefused);
  EXPECT_GE(sent.code, 500);
}

TEST_F(ServersTest, AServerThatIsDownIsNoConnection) {
  servers_->StopSubmission();
  EXPECT_EQ(Submit(Smtp(), kMail).broke, Submitted::Break::kNoConnection);
  EXPECT_TRUE(servers_->StartSubmission().ok());
}

TEST_F(ServersTest, AMailLongerThanTheLimitIsNotFetched) {
  Empty();
  ASSERT_EQ(Submit(Smtp(), kMail).broke, Submitted::Break::kNone);
  ASSERT_TRUE(servers_->WaitForMails("desk", 1));
  for (const std::string& url : {servers_->pop3s(), servers_->imaps()}) {
    auto box = Mailbox::Open({.url = url,
                              .ca = servers_->ca(),
                              .login = MailServers::Address("desk"),
                              .secret = "desk-secret",
                              .mail_bytes = 20});
    ASSERT_TRUE(box.ok());
    const auto items = (*box)->List(10);
    ASSERT_TRUE(items.ok());
    EXPECT_GT(items->front().bytes, 20u);
    EXPECT_TRUE(absl::IsOutOfRange((*box)->Fetch(items->front().id).status()));
  }
}

TEST(MailServersTest, NothingIsLeftBehind) {
  if (const std::string why = MailServers::WhyNot(); !why.empty()) GTEST_SKIP() << why;
  auto servers = MailServers::Start({{"shop", "secret"}});
  ASSERT_TRUE(servers.ok()) << servers.status();
  const std::string directory = (*servers)->directory();
  servers->reset();
  EXPECT_FALSE(std::filesystem::exists(directory));
}

}  // namespace
}  // namespace ecluse::mail
