// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/protocols/mail/driver.h"
#include "proto/content/content.h"
#include "tests/support/mail/mail_operator.h"
#include "tests/support/mail/post_office.h"

namespace ecluse::mail {

// Certificates are made once: RSA keys take time.
const SmimeKeys& OperatorKeys();
const SmimeKeys& PracticeKeys();

// A Monday, ten o'clock in Paris.
absl::Time Monday();

// A folder of this test alone, with a key for the register; gone at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// A typed invoice of somebody who does not exist, 100.00 asked.
content::Invoice AnInvoice(const std::string& number);
// A B2 file as certified software hands it over: one lot, these invoices, 120.00 asked for each.
std::string ANativeBill(const std::string& file_id, const std::vector<uint64_t>& numbers);
// The same invoices, each in a lot of its own.
std::string ANativeBillOfLots(const std::string& file_id, const std::vector<uint64_t>& numbers);

Envelope BillEnvelope(uint64_t number, std::string_view format);

// A driver, an operator, and a post office without servers between them.
class MailFixture : public testing::Test {
 protected:
  void SetUp() override;
  void OpenDriver();
  void CloseDriver() { driver_.reset(); }

  std::optional<Outcome> SendTyped(uint64_t number, const std::string& invoice = "");
  std::optional<Outcome> SendNative(uint64_t number, const std::string& file);
  // The operator reads its mails.
  void OperatorReads();
  void OperatorAnswers();
  // What the driver has to tell; noted at once.
  std::vector<Handler::News> News();
  // The only news there is.
  Outcome OneNews();
  std::vector<std::string>& PracticeBox() { return post_.Box("practice@ecluse.test"); }
  std::vector<std::string>& OperatorBox() { return post_.Box("operator@ecluse.test"); }

  Folder folder_;
  PostOffice post_;
  absl::Time now_ = Monday();
  Settings settings_;
  MailPlan plan_;
  std::unique_ptr<MailDriver> driver_;
  std::unique_ptr<MailOperator> operator_;
};

// What an outcome's body says.
content::Answer AnswerIn(const Outcome& outcome);
Decision DecisionIn(const std::optional<Outcome>& outcome);

}  // namespace ecluse::mail
