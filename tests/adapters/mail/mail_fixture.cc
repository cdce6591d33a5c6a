// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/mail/mail_fixture.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "proto/content/codec.h"

namespace ecluse::mail {

const SmimeKeys& OperatorKeys() {
  static const SmimeKeys keys = MakeSmimeKeys("operator@ecluse.test");
  return keys;
}
const SmimeKeys& PracticeKeys() {
  static const SmimeKeys keys = MakeSmimeKeys("practice@ecluse.test");
  return keys;
}

absl::Time Monday() {
  return absl::FromCivil(absl::CivilSecond(2026, 11, 23, 9, 0, 0), absl::UTCTimeZone());
}

Folder::Folder() {
  path_ = std::filesystem::temp_directory_path() / "ecluse-mail-test-XXXXXX";
  ::mkdtemp(path_.data());
  std::ofstream(path_ + "/register.key", std::ios::binary) << std::string(32, 'k');
}
Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Envelope BillEnvelope(uint64_t number, std::string_view format) {
  Envelope envelope;
  envelope.id = {number};
  envelope.practice = {"practice-1"};
  envelope.finess = "750000010";
  envelope.destination = {{"somebody"}, {"billing"}};
  envelope.kind = Kind::kBill;
  envelope.format = std::string(format);
  envelope.deposited_at = Monday() - absl::Hours(1);
  return envelope;
}

void MailFixture::SetUp() {
  settings_.message.from = "practice@ecluse.test";
  settings_.message.to = "operator@ecluse.test";
  settings_.message.certificate = OperatorKeys().certificate;
  settings_.returns.certificate = PracticeKeys().certificate;
  settings_.returns.key = PracticeKeys().key;
  settings_.smtp.from = settings_.message.from;
  settings_.smtp.to = settings_.message.to;
  settings_.mailbox.url = "pop3s://nowhere";
  settings_.mailbox.login = "practice@ecluse.test";
  settings_.build.acts = {{"optics", "OPT"}};
  settings_.register_file = folder_ / "register";
  settings_.register_key = folder_ / "register.key";
  OpenDriver();
  MailOperator::Options options;
  options.smtp.from = "operator@ecluse.test";
  options.mailbox.login = "operator@ecluse.test";
  options.keys = OperatorKeys();
  options.reader = PracticeKeys().certificate;
  options.ledger = folder_ / "ledger";
  options.practices = {{"00000750000010", "practice-1"}};
  options.plan = [this](const std::string&, uint32_t) { return plan_; };
  options.now = [this] { return now_; };
  options.submit = post_.Submit();
  options.open = post_.Open();
  auto opened = MailOperator::Open(std::move(options));
  ASSERT_TRUE(opened.ok()) << opened.status();
  operator_ = *std::move(opened);
}

void MailFixture::OpenDriver() {
  auto opened =
      MailDriver::Open(settings_, {[this] { return now_; }, post_.Submit(), post_.Open()});
  ASSERT_TRUE(opened.ok()) << opened.status();
  driver_ = *std::move(opened);
}

std::optional<Outcome> MailFixture::SendTyped(uint64_t number, const std::string& invoice) {
  const std::string text = invoice.empty() ? std::to_string(number) : invoice;
  return driver_->Deliver(BillEnvelope(number, content::kTyped), 1,
                          content::Encode(AnInvoice(text)), nullptr);
}

std::optional<Outcome> MailFixture::SendNative(uint64_t number, const std::string& file) {
  return driver_->Deliver(BillEnvelope(number, content::kB2), 1, file, nullptr);
}

void MailFixture::OperatorReads() {
  const auto read = operator_->ReadMails();
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(operator_->strange(), 0u);
}

void MailFixture::OperatorAnswers() {
  const auto answered = operator_->Answer();
  ASSERT_TRUE(answered.ok()) << answered.status();
}

std::vector<Handler::News> MailFixture::News() {
  std::vector<Handler::News> news = driver_->Collect();
  for (const Handler::News& one : news) driver_->Noted(one, ErrorCode::kNone);
  return news;
}

Outcome MailFixture::OneNews() {
  const std::vector<Handler::News> news = News();
  EXPECT_EQ(news.size(), 1u);
  return news.empty() ? Outcome(outcome::Rejected{}) : news.front().outcome;
}

content::Answer AnswerIn(const Outcome& outcome) {
  const std::string body = std::visit(
      [](const auto& o) -> std::string {
        if constexpr (requires { o.body; }) return o.body;
        return "";
      },
      outcome);
  const auto answer = content::DecodeAnswer(body);
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.ok() ? *answer : content::Answer{};
}

Decision DecisionIn(const std::optional<Outcome>& outcome) {
  if (!outcome) return Decision::kOther;
  if (const auto* answered = std::get_if<outcome::Answered>(&*outcome)) return answered->decision;
  if (const auto* accepted = std::get_if<outcome::Accepted>(&*outcome)) return accepted->decision;
  return Decision::kOther;
}

}  // namespace ecluse::mail
