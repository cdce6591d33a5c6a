// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/exchange/codec.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/adapters/exchange/samples.h"

namespace ecluse::exchange {
namespace {

using ::testing::Test;

// Whether the schema accepts the message; `xmllint` says why not.
class SchemaTest : public Test {
 protected:
  void SetUp() override {
    if (std::system("xmllint --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "no xmllint here";
    std::string name = (std::filesystem::temp_directory_path() / "ecluse-xsd-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
  }
  void TearDown() override {
    if (!directory_.empty()) std::filesystem::remove_all(directory_);
  }
  bool Conforms(const std::string& xml) {
    const std::string file = directory_ + "/message.xml";
    std::ofstream(file, std::ios::binary) << xml;
    const std::string command =
        "xmllint --nonet --noout --schema " ECLUSE_EXCHANGE_XSD " " + file + " 2>&1";
    return std::system(command.c_str()) == 0;
  }

 private:
  std::string directory_;
};

TEST(CodecTest, EveryCallComesBackAsItWas) {
  for (const Call& call : EveryCall()) {
    const auto decoded = DecodeCall(Encoded(call));
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, call);
  }
}

TEST(CodecTest, EveryReplyComesBackAsItWas) {
  for (const Reply& reply : EveryReply()) {
    const auto decoded = DecodeReply(Encoded(reply));
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, reply);
  }
}

TEST(CodecTest, ACallIsNoReplyAndAReplyIsNoCall) {
  for (const Call& call : EveryCall()) EXPECT_FALSE(DecodeReply(Encoded(call)).ok());
  for (const Reply& reply : EveryReply()) EXPECT_FALSE(DecodeCall(Encoded(reply)).ok());
}

TEST(CodecTest, EveryFaultClassHasACodeOfItsOwn) {
  for (auto c = FaultClass::kMalformed; c <= FaultClass::kSameContent;
       c = static_cast<FaultClass>(static_cast<int>(c) + 1)) {
    EXPECT_FALSE(CodeOf(c).empty());
    EXPECT_EQ(ClassOf(CodeOf(c)), c);
  }
  EXPECT_EQ(ClassOf("A CODE OF TOMORROW"), FaultClass::kUnknown);
}

TEST(CodecTest, TheOlderErrorWithoutAContactIsUnderstood) {
  std::string xml = Encoded(Reply(Fault{"X", "text", kKey, 0, {}}));
  for (size_t at; (at = xml.find("<Contact/>")) != std::string::npos;) xml.erase(at, 10);
  for (size_t at; (at = xml.find("Erreur2")) != std::string::npos;) xml.erase(at + 6, 1);
  const auto decoded = DecodeReply(xml);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(std::get<Fault>(*decoded).code, "X");
}

TEST(CodecTest, WhatSoapSaysOfAFaultBesideItsDetailIsPassedOver) {
  const Fault fault{"X", "text", kKey, 0, {}};
  std::string xml = Encoded(Reply(fault));
  xml.insert(xml.find("<detail>"), "<faultactor>urn:amc</faultactor>");
  EXPECT_EQ(DecodeReply(xml).value(), Reply(fault));
}

TEST(CodecTest, PrefixesAreTheOperatorsChoice) {
  const std::string xml = R"(<?xml version='1.0' encoding='utf-8'?><!-- hello -->
<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"
            xmlns:o="urn:ecluse:dialect:exchange:1">
 <S:Body>
  <o:RSP><o:Cle>shop<![CDATA[-7]]></o:Cle><o:ReessayerDans>5</o:ReessayerDans>
   <o:Statut>re&#xE7;ue</o:Statut></o:RSP>
 </S:Body>
</S:Envelope>)";
  const auto decoded = DecodeReply(xml);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(*decoded, Reply(Response{kKey, 5, "", OnlyStatus("reçue")}));
}

TEST(CodecTest, LineEndsBecomeThoseOfXml) {
  const auto decoded = DecodeCall(Encoded(Call(Cancel{{kKey, ""}, {"OP1", "one\r\ntwo\rthree"}})));
  EXPECT_EQ(std::get<Cancel>(*decoded).cancellation.reason, "one\ntwo\nthree");
}

TEST(CodecTest, WhatXmlCannotCarryIsRefusedByItsPath) {
  Request request{{kKey, ""}, false, AnAuthorisation()};
  request.asked.opener.surname = "SECRET\x01";
  EXPECT_EQ(EncodeCall(request).status().message(),
            "REQ/Demande/Assure/Nom: not UTF-8, or a character that XML does not know");
  EXPECT_EQ(EncodeCall(Cancel{}).status().message(), "DEL/Entete/Cle: missing");
  request.asked = AnAuthorisation();
  request.asked.lines[0].price.cents = INT64_MIN;
  EXPECT_EQ(EncodeCall(request).status().message(), "REQ/Demande/Ligne/Prix: out of range");
}

TEST_F(SchemaTest, EveryMessageThatIsWrittenConforms) {
  for (const Call& call : EveryCall()) EXPECT_TRUE(Conforms(Encoded(call))) << Encoded(call);
  for (const Reply& reply : EveryReply()) EXPECT_TRUE(Conforms(Encoded(reply))) << Encoded(reply);
}

TEST_F(SchemaTest, TheSchemaNoticesAMissingElement) {
  std::string xml = Encoded(Reply(Response{kKey, 0, "", OnlyStatus("x")}));
  const std::string gone = "<Statut>x</Statut>";
  xml.erase(xml.find(gone), gone.size());
  EXPECT_FALSE(Conforms(xml));
  EXPECT_EQ(DecodeReply(xml).status().message(), "Body/RSP/Statut: missing");
}

}  // namespace
}  // namespace ecluse::exchange
