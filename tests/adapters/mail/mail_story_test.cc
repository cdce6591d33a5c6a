// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <map>
#include <set>

#include "proto/content/codec.h"
#include "tests/adapters/mail/mail_fixture.h"
#include "tests/support/mail/mail_servers.h"
#include "tests/support/operator/witness.h"

// The driver and the simulated operator, with a real Postfix and a real Dovecot between them.
namespace ecluse::mail {
namespace {

constexpr char kPractice[] = "practice";
constexpr char kOperator[] = "operator";

class MailStoryTest : public testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() {
    if (!MailServers::WhyNot().empty()) return;
    auto started = MailServers::Start({{kPractice, "p-secret"}, {kOperator, "o-secret"}});
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
    // POP3 for the driver in one round, IMAP in the other; the operator has the other of the two.
    const bool pop3 = std::string(GetParam()) == "pop3s";
    settings_.smtp = Smtp(kPractice, "p-secret");
    settings_.smtp.to = MailServers::Address(kOperator);
    settings_.mailbox = Box(kPractice, "p-secret", pop3);
    settings_.message.from = settings_.smtp.from;
    settings_.message.to = settings_.smtp.to;
    settings_.message.certificate = OperatorKeys().certificate;
    settings_.returns.certificate = PracticeKeys().certificate;
    settings_.returns.key = PracticeKeys().key;
    settings_.build.acts = {{"optics", "OPT"}};
    settings_.register_file = folder_ / "register";
    settings_.register_key = folder_ / "register.key";
    auto driver = MailDriver::Open(settings_, {[this] { return now_; }, &Submit, &Mailbox::Open});
    ASSERT_TRUE(driver.ok()) << driver.status();
    driver_ = *std::move(driver);
    MailOperator::Options options;
    options.smtp = Smtp(kOperator, "o-secret");
    options.mailbox = Box(kOperator, "o-secret", !pop3);
    options.keys = OperatorKeys();
    options.reader = PracticeKeys().certificate;
    options.ledger = folder_ / "ledger";
    options.practices = {{"00000750000010", "practice-1"}};
    options.seed = 2;
    options.shares = {
        .negative = 20, .lost = 25, .repeated = 30, .rejected = 20, .other_amount = 20};
    options.now = [this] { return now_; };
    auto opened = MailOperator::Open(std::move(options));
    ASSERT_TRUE(opened.ok()) << opened.status();
    operator_ = *std::move(opened);
  }

  static SmtpSite Smtp(const std::string& name, const std::string& secret) {
    SmtpSite site;
    site.url = servers_->submission();
    site.ca = servers_->ca();
    site.login = site.from = MailServers::Address(name);
    site.secret = secret;
    return site;
  }
  static MailboxSite Box(const std::string& name, const std::string& secret, bool pop3) {
    MailboxSite site;
    site.url = pop3 ? servers_->pop3s() : servers_->imaps();
    site.ca = servers_->ca();
    site.login = MailServers::Address(name);
    site.secret = secret;
    return site;
  }

  void Deliver(uint64_t number) {
    const auto outcome =
        driver_->Deliver(BillEnvelope(number, content::kTyped), 1,
                         content::Encode(AnInvoice(std::to_string(number))), nullptr);
    ASSERT_EQ(outcome, Outcome(outcome::Accepted{})) << number;
  }
  // Every mail that is under way arrives before anybody reads.
  void OperatorReads(size_t mails) {
    ASSERT_TRUE(servers_->WaitForMails(kOperator, mails));
    const auto read = operator_->ReadMails();
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, mails);
  }
  void DriverReads(size_t mails) {
    ASSERT_TRUE(servers_->WaitForMails(kPractice, mails));
    for (int round = 0; round < 2; ++round) {
      for (const Handler::News& news : driver_->Collect()) {
        heard_[news.request.value].push_back(news.outcome);
        driver_->Noted(news, ErrorCode::kNone);
      }
    }
    EXPECT_EQ(servers_->Mails(kPractice), 0u);
  }
  size_t Returns(bool acknowledgements) const {
    size_t mails = 0;
    for (const auto& [name, seen] : operator_->seen()) {
      const bool sent = acknowledgements ? seen.plan.ack != MailPlan::Ack::kLost : seen.taken;
      if (sent) mails += seen.plan.repeated ? 2 : 1;
    }
    return mails;
  }

  static MailServers* servers_;
  Folder folder_;
  absl::Time now_ = Monday();
  Settings settings_;
  std::unique_ptr<MailDriver> driver_;
  std::unique_ptr<MailOperator> operator_;
  std::map<uint64_t, std::vector<Outcome>> heard_;
};
MailServers* MailStoryTest::servers_ = nullptr;

TEST_P(MailStoryTest, EveryBillEndsOnceThoughAcknowledgementsAreLostAndReturnsRepeated) {
  constexpr uint64_t kBills = 24;
  for (uint64_t number = 1; number <= kBills; ++number) Deliver(number);
  OperatorReads(kBills);
  DriverReads(Returns(true));
  std::set<uint64_t> lost;
  for (uint64_t number = 1; number <= kBills; ++number) {
    if (!heard_.contains(number)) lost.insert(number);
  }
  ASSERT_FALSE(lost.empty()) << "the seed loses nothing, so nothing is exercised";

  now_ += absl::Hours(24 * 8);
  for (uint64_t number = 1; number <= kBills; ++number) {
    driver_->Probe(BillEnvelope(number, content::kTyped), nullptr);
  }
  OperatorReads(lost.size());
  EXPECT_EQ(operator_->conflicts() + operator_->strange(), 0u);
  size_t mails = 0;
  for (const auto& [name, seen] : operator_->seen()) {
    if (seen.arrivals == 2) mails += seen.plan.repeated ? 2 : 1;
  }
  DriverReads(mails);
  const size_t payments = Returns(false);
  ASSERT_TRUE(operator_->Answer().ok());
  DriverReads(payments);

  const auto witness = ReadLedger(folder_ / "ledger");
  ASSERT_TRUE(witness.ok());
  EXPECT_EQ(witness->duplicated(), 0u);
  std::map<Decision, int> decisions;
  for (uint64_t number = 1; number <= kBills; ++number) {
    const auto& heard = heard_[number];
    const bool taken = witness->by_key.contains("practice-1-" + std::to_string(number));
    ASSERT_EQ(heard.size(), taken ? 2u : 1u) << number;
    EXPECT_EQ(std::holds_alternative<outcome::Rejected>(heard.back()), !taken) << number;
    ++decisions[DecisionIn(heard.back())];
  }
  EXPECT_GT(decisions[Decision::kPaid], 0);
  EXPECT_GT(decisions[Decision::kPaidOtherAmount], 0);
  EXPECT_GT(decisions[Decision::kPaymentRejected], 0);
  EXPECT_EQ(driver_->HowItStands().value(), MailDriver::Standing{});
}

TEST_P(MailStoryTest, AServerThatIsDownDefersAndLosesNothing) {
  servers_->StopSubmission();
  const auto outcome =
      driver_->Deliver(BillEnvelope(1, content::kB2), 1, ANativeBill("000001", {1}), nullptr);
  ASSERT_TRUE(outcome && std::holds_alternative<outcome::Deferred>(*outcome));
  ASSERT_TRUE(servers_->StartSubmission().ok());
  EXPECT_EQ(driver_->Deliver(BillEnvelope(1, content::kB2), 2, ANativeBill("000001", {1}), nullptr),
            Outcome(outcome::Accepted{}));
  OperatorReads(1);
  DriverReads(Returns(true));
}

INSTANTIATE_TEST_SUITE_P(Mailboxes, MailStoryTest, testing::Values("pop3s", "imaps"),
                         [](const auto& param) { return std::string(param.param); });

}  // namespace
}  // namespace ecluse::mail
