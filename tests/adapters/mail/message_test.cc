// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/message.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "adapters/protocols/mail/cms.h"
#include "adapters/protocols/mail/delays.h"
#include "adapters/protocols/mail/gzip.h"
#include "adapters/protocols/mail/mime.h"
#include "adapters/protocols/mail/returns.h"
#include "tests/adapters/mail/mail_fixture.h"

namespace ecluse::mail {
namespace {

constexpr char kSender[] = "00000420788606";
const MessageNames kNames{
    12345, absl::FromCivil(absl::CivilSecond(2013, 7, 1, 10, 0, 0), absl::UTCTimeZone())};

MessageRules Rules(bool encrypted) {
  MessageRules rules;
  rules.from = "practice@ecluse.test";
  rules.to = "operator@ecluse.test";
  if (encrypted) rules.certificate = OperatorKeys().certificate;
  return rules;
}

std::string Built(const MessageRules& rules) {
  const auto mail = BuildMessage(rules, kNames, "BYTES OF A FILE", kSender, 12);
  EXPECT_TRUE(mail.ok()) << mail.status();
  return mail.value_or("");
}

TEST(MessageTest, TheSubjectHasThePublishedShape) {
  EXPECT_EQ(Subject(Rules(false), kNames, kSender, 12),
            "IR100500/00000420788606/2013070112000012345/00012");
}

TEST(MessageTest, InClearTheSameInputGivesTheSameMail) {
  EXPECT_EQ(Built(Rules(false)), Built(Rules(false)));
}

TEST(MessageTest, EncryptionAloneIsDrawnAtRandom) {
  const std::string one = Built(Rules(true)), two = Built(Rules(true));
  EXPECT_NE(one, two);
  EXPECT_EQ(one.substr(0, one.find("\r\n\r\n")), two.substr(0, two.find("\r\n\r\n")));
}

TEST(MessageTest, OnePartOfTheKnownTypeInsideAMixedMail) {
  const std::string mail = Built(Rules(false));
  EXPECT_NE(mail.find("Content-Type: multipart/mixed"), std::string::npos);
  const auto mime = ReadMime(mail, {});
  ASSERT_TRUE(mime.ok()) << mime.status();
  ASSERT_EQ(mime->parts.size(), 1u);
  EXPECT_EQ(mime->parts[0].type, "application/edi-consent");
  EXPECT_EQ(mime->parts[0].description, "IRIS/B2/Z");
  EXPECT_EQ(Gunzip(mime->parts[0].bytes, 100).value_or(""), "BYTES OF A FILE");
  EXPECT_EQ(mime->from, "practice@ecluse.test");
  EXPECT_EQ("<" + mime->message_id + ">", MessageId(Rules(false), kNames));
}

TEST(MessageTest, NothingOfTheFileShowsOutsideTheEnvelope) {
  const auto mime = ReadMime(Built(Rules(true)), {});
  ASSERT_TRUE(mime.ok());
  EXPECT_EQ(mime->parts.at(0).type, "application/pkcs7-mime");
}

// Another program's eyes: Python's mail parser, the openssl command, Python's gzip.
TEST(MessageTest, OtherProgramsReadTheMail) {
  const Folder folder;
  std::ofstream(folder / "mail", std::ios::binary) << Built(Rules(true));
  std::ofstream(folder / "cert.pem") << OperatorKeys().certificate;
  std::ofstream(folder / "key.pem") << OperatorKeys().key;
  std::ofstream(folder / "read.py") << R"py(
import email, email.policy, gzip, subprocess, sys
folder = sys.argv[1]
outer = email.message_from_bytes(open(folder + "/mail", "rb").read(), policy=email.policy.default)
assert outer.get_content_type() == "multipart/mixed"
(part,) = outer.iter_parts()
assert part.get_param("smime-type") == "enveloped-data"
run = ["openssl", "cms", "-decrypt", "-inform", "DER", "-recip", folder + "/cert.pem",
       "-inkey", folder + "/key.pem"]
plain = subprocess.run(run, input=part.get_content(), capture_output=True, check=True).stdout
inner = email.message_from_bytes(plain, policy=email.policy.default)
assert inner.get_content_type().lower() == "application/edi-consent"
assert inner["Content-Description"] == "IRIS/B2/Z"
packed = inner.get_content()
assert packed[10:16] == b"B2.gz\0"
assert gzip.decompress(packed) == b"BYTES OF A FILE"
)py";
  const std::string run = fmt::format("python3 {} {}", folder / "read.py", folder / "");
  EXPECT_EQ(std::system(run.c_str()), 0);
}

TEST(MessageTest, OldRecipientsGetTripleDes) {
  const auto sealed = Encrypt("text", OperatorKeys().certificate, Cipher::kTripleDes);
  ASSERT_TRUE(sealed.ok());
  EXPECT_EQ(Decrypt(*sealed, OperatorKeys().certificate, OperatorKeys().key).value_or(""), "text");
}

TEST(CmsTest, OnlyTheRecipientCanRead) {
  const auto sealed = Encrypt("text", OperatorKeys().certificate, Cipher::kAes128);
  ASSERT_TRUE(sealed.ok());
  EXPECT_FALSE(Decrypt(*sealed, PracticeKeys().certificate, PracticeKeys().key).ok());
  EXPECT_FALSE(Decrypt("garbage", OperatorKeys().certificate, OperatorKeys().key).ok());
  EXPECT_FALSE(Encrypt("text", "no certificate", Cipher::kAes128).ok());
}

TEST(GzipTest, ABombIsRefusedBeforeItIsKept) {
  const std::string bomb = Gzip(std::string(50 << 20, '0'), "x");
  ASSERT_LT(bomb.size(), 100u << 10);
  EXPECT_TRUE(absl::IsOutOfRange(Gunzip(bomb, 1 << 20).status()));
}

TEST(GzipTest, ATornFileIsRefused) {
  const std::string file = Gzip("some bytes", "x");
  EXPECT_EQ(Gunzip(file, 10).value_or(""), "some bytes");
  for (size_t size = 0; size < file.size(); ++size) {
    EXPECT_FALSE(Gunzip(file.substr(0, size), 10).ok()) << size;
  }
}

TEST(MimeTest, PartsNestedWithoutEndAreRefused) {
  std::string mail;
  for (int i = 0; i < 20'000; ++i) {
    mail += fmt::format("Content-Type: multipart/mixed; boundary=b{0}\r\n\r\n--b{0}\r\n", i);
  }
  EXPECT_TRUE(absl::IsOutOfRange(ReadMime(mail, {}).status()));
  mail.clear();
  for (int i = 0; i < 12; ++i) {
    mail += fmt::format("Content-Type: multipart/mixed; boundary=b{0}\r\n\r\n--b{0}\r\n", i);
  }
  EXPECT_TRUE(absl::IsOutOfRange(ReadMime(mail, {}).status()));
}

TEST(MimeTest, DigestsInDigestsAreRefusedToo) {
  std::string mail = "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n";
  for (int i = 0; i < 20'000; ++i) mail += "Content-Type: message/rfc822\r\n\r\n";
  EXPECT_FALSE(ReadMime(mail, {}).ok());
}

TEST(MimeTest, AMissingEndIsNoReasonToFail) {
  const std::string mail = Built(Rules(false));
  const auto mime = ReadMime(mail.substr(0, mail.rfind("--=_b2")), {});
  ASSERT_TRUE(mime.ok());
  EXPECT_EQ(mime->parts.size(), 1u);
}

TEST(MimeTest, AMailThatIsTooLargeIsNotParsed) {
  EXPECT_TRUE(absl::IsOutOfRange(ReadMime(Built(Rules(false)), {.mail_bytes = 100}).status()));
  EXPECT_TRUE(absl::IsOutOfRange(ReadMime(Built(Rules(false)), {.part_bytes = 10}).status()));
}

TEST(ReturnTest, TwoReturnsInOneMailAreNone) {
  const std::string part = Part("application/EDI-consent", "ARL", "x");
  const std::string mail = fmt::format(
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{0}\r\n--b\r\n{0}\r\n"
      "--b--\r\n",
      part);
  EXPECT_EQ(ReadReturn(mail, {}).status().message(), "not exactly one return in the mail");
}

TEST(DelaysTest, WeekendsAreNoWorkingDays) {
  const absl::Time friday = Monday() + absl::Hours(4 * 24);
  EXPECT_EQ((Delay{1, {}}).After(friday), friday + absl::Hours(3 * 24));
  EXPECT_EQ((Delay{5, {}}).After(friday), friday + absl::Hours(7 * 24));
  EXPECT_EQ((Delay{0, absl::Seconds(90)}).After(friday), friday + absl::Seconds(90));
}

TEST(DelaysTest, DelaysAreWrittenInWords) {
  EXPECT_EQ(ParseDelay("5 working days").value(), (Delay{5, {}}));
  EXPECT_EQ(ParseDelay("90s").value(), (Delay{0, absl::Seconds(90)}));
  for (const char* wrong : {"", "5", "5 days", "-1 working days", "9999 working days", "-3s"}) {
    EXPECT_FALSE(ParseDelay(wrong).ok()) << wrong;
  }
}

}  // namespace
}  // namespace ecluse::mail
