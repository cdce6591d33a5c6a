// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/mail_house.h"

#include <absl/time/clock.h>
#include <fmt/format.h>

#include <utility>

#include "tests/support/mail/mail_operator.h"
#include "tests/support/mail/mail_servers.h"
#include "tests/support/story/files.h"

namespace ecluse::story {
namespace {

constexpr absl::Duration kReadEvery = absl::Milliseconds(300);
// Payments come some rounds after the acknowledgement.
constexpr int kAnswerEach = 4;
// In a hundred files; what is lost is sent again after three seconds.
constexpr MailShares kShares = {
    .negative = 4, .lost = 8, .repeated = 10, .rejected = 8, .other_amount = 8};

// The shop that carries the practices' bills to one operator.
std::string ShopOf(const OperatorId& who) { return "shop-" + who.text; }

}  // namespace

std::string MailHouse::WhyNot() { return MailServers::WhyNot(); }

std::string MailHouse::LedgerIn(const std::string& folder, const OperatorId& who) {
  return folder + "/" + who.text + ".mail.ledger";
}

absl::StatusOr<std::unique_ptr<MailHouse>> MailHouse::Open(
    const std::string& folder, const std::vector<OperatorId>& operators,
    const std::vector<patients::Practice>& practices, uint64_t seed) {
  std::unique_ptr<MailHouse> house(new MailHouse(folder));
  const std::string secret = NewMasterKey().substr(0, 16);
  std::vector<MailServers::Account> accounts;
  for (const OperatorId& who : operators) {
    accounts.push_back({who.text, secret});
    accounts.push_back({ShopOf(who), secret});
  }
  auto servers = MailServers::Start(accounts);
  if (!servers.ok()) return servers.status();
  house->servers_ = *std::move(servers);
  for (const OperatorId& who : operators) {
    const absl::Status status = house->AddOperator(who, secret, practices, seed);
    if (!status.ok()) return status;
  }
  return house;
}

MailHouse::MailHouse(std::string folder) : folder_(std::move(folder)) {}
MailHouse::~MailHouse() { End(); }

absl::Status MailHouse::AddOperator(const OperatorId& who, const std::string& secret,
                                    const std::vector<patients::Practice>& practices,
                                    uint64_t seed) {
  const std::string address = MailServers::Address(who.text);
  const SmimeKeys theirs = MakeSmimeKeys(address);
  const SmimeKeys ours = MakeSmimeKeys(MailServers::Address(ShopOf(who)));
  absl::Status status = WriteFile(Path(who, "recipient.pem"), theirs.certificate);
  status.Update(WriteFile(Path(who, "own.pem"), ours.certificate));
  status.Update(WriteFile(Path(who, "own.key"), ours.key));
  status.Update(WriteFile(Path(who, "mail.secret"), secret));
  status.Update(WriteFile(Path(who, "register.key"), NewMasterKey().substr(0, 32)));
  if (!status.ok()) return status;
  MailOperator::Options options;
  options.smtp.url = servers_->submission();
  options.smtp.ca = options.mailbox.ca = servers_->ca();
  options.smtp.login = options.smtp.from = options.mailbox.login = address;
  options.smtp.secret = options.mailbox.secret = secret;
  options.mailbox.url = servers_->pop3s();
  options.keys = theirs;
  options.reader = ours.certificate;
  options.ledger = LedgerIn(folder_, who);
  for (const patients::Practice& practice : practices) {
    options.practices[fmt::format("{:0>14}", practice.finess)] = practice.id.text;
  }
  options.seed = seed;
  options.shares = kShares;
  auto opened = MailOperator::Open(std::move(options));
  if (!opened.ok()) return opened.status();
  operators_[who] = *std::move(opened);
  return absl::OkStatus();
}

std::string MailHouse::EndpointFor(const OperatorId& who, const ServiceId& service) const {
  return fmt::format(
      R"(
[[endpoint]]
service = "{service}"
submission = "{submission}"
from = "{shop}"
to = "{operator}"
ca = "{ca}"
submission_login = "{shop}"
submission_secret_file = "{who}.mail.secret"
mailbox = "{mailbox}"
mailbox_login = "{shop}"
mailbox_secret_file = "{who}.mail.secret"
recipient_certificate = "{who}.recipient.pem"
own_certificate = "{who}.own.pem"
own_key = "{who}.own.key"
register = "{who}.register.db"
register_key = "{who}.register.key"
sole_carrier = true
)",
      fmt::arg("service", service.text), fmt::arg("submission", servers_->submission()),
      fmt::arg("shop", MailServers::Address(ShopOf(who))),
      fmt::arg("operator", MailServers::Address(who.text)), fmt::arg("ca", servers_->ca()),
      fmt::arg("who", who.text), fmt::arg("mailbox", servers_->imaps()));
}

void MailHouse::Begin() {
  thread_ = std::thread([this] { Run(); });
}

void MailHouse::End() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
}

void MailHouse::Abandon() {
  ending_ = true;
  servers_.reset();
}

// What fails is done again in the next round: the same file twice is one bill.
void MailHouse::Run() {
  for (int round = 1; !ending_; ++round) {
    for (auto& [who, simulated] : operators_) {
      (void)simulated->ReadMails();
      if (round % kAnswerEach == 0) (void)simulated->Answer();
    }
    absl::SleepFor(kReadEvery);
  }
}

}  // namespace ecluse::story
