// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "adapters/protocols/exchange/codec.h"
#include "adapters/protocols/exchange/guard.h"
#include "tests/adapters/exchange/samples.h"

namespace ecluse::exchange {
namespace {

std::string AnRsp() { return Encoded(Reply(Response{kKey, 0, "", AnAnswer("x")})); }

// The message with `what` put in place of the first `where`.
std::string With(const std::string& where, const std::string& what) {
  std::string xml = AnRsp();
  return xml.replace(xml.find(where), where.size(), what);
}

std::string WhyNot(const std::string& xml) {
  return std::string(DecodeReply(xml).status().message());
}

TEST(HostileXmlTest, EntityBombsAreRefusedBeforeAnythingIsExpanded) {
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"ha\">";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  EXPECT_EQ(WhyNot(bomb + "]><x>&j;</x>"), "document type declarations are refused");
  EXPECT_EQ(WhyNot(With("<Cle>", "<Cle>&j;")), "entities are refused");
}

TEST(HostileXmlTest, AFileOfTheMachineCannotBeNamed) {
  EXPECT_EQ(WhyNot("<!DOCTYPE x SYSTEM \"file:///etc/hostname\"><x/>"),
            "document type declarations are refused");
  EXPECT_EQ(WhyNot(With("<Cle>", "<?include file?><Cle>")), "processing instructions are refused");
}

TEST(HostileXmlTest, DepthIsLimitedBeforeParsing) {
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  EXPECT_EQ(WhyNot(deep), "deeper than a message may be");
}

TEST(HostileXmlTest, TheNumberOfElementsIsLimited) {
  std::string wide = "<a>";
  for (size_t i = 0; i <= kMessageElements; ++i) wide += "<b/>";
  EXPECT_EQ(WhyNot(wide + "</a>"), "more elements than a message may have");
}

TEST(HostileXmlTest, TheSizeIsLimited) {
  EXPECT_EQ(WhyNot("<a>" + std::string(kMessageBytes, ' ') + "</a>"),
            "longer than a message may be");
}

TEST(HostileXmlTest, OnlyUtf8IsRead) {
  EXPECT_EQ(WhyNot(With("UTF-8", "ISO-8859-1")), "the encoding is not UTF-8");
  const char kNot[] = "not UTF-8, or a character that XML does not know";
  EXPECT_EQ(WhyNot(With("<Cle>", "<Cle>\xE9")), kNot);
  EXPECT_EQ(WhyNot(With("<Cle>", "<Cle>\xC0\x80")), kNot);      // overlong
  EXPECT_EQ(WhyNot(With("<Cle>", "<Cle>\xED\xA0\x80")), kNot);  // half of a pair
  EXPECT_EQ(WhyNot(With("<Cle>", std::string("<Cle>\0", 6))), kNot);
  EXPECT_EQ(WhyNot(std::string("\xFF\xFE<\0a\0", 6)), kNot);
  EXPECT_EQ(WhyNot(With("<Cle>", "<Cle>&#0;")), "a character that XML does not know");
  EXPECT_TRUE(DecodeReply("\xEF\xBB\xBF" + AnRsp()).ok());
}

TEST(HostileXmlTest, AWordSaidTwiceIsNotUnderstood) {
  EXPECT_EQ(WhyNot(With("<Statut>x</Statut>", "<Statut>x</Statut><Statut>y</Statut>")),
            "Body/RSP: an element that does not belong there");
}

TEST(HostileXmlTest, WhatIsNotInTheDialectIsNotUnderstood) {
  EXPECT_EQ(WhyNot(With("<Cle>", "<Dupont/><Cle>")), "Body/RSP/Cle: missing");
  EXPECT_EQ(WhyNot(With("<Cle>", "words<Cle>")), "Body/RSP: text between the elements");
  EXPECT_EQ(WhyNot(With("dialect:exchange:1", "dialect:exchange:2")), "Body/RSP: missing");
  EXPECT_EQ(WhyNot(With("soap/envelope", "soap/parcel")), "no SOAP envelope");
  EXPECT_EQ(WhyNot(With("<soap:Body>", "<soap:Header/><soap:Body>")), "Envelope/Body: missing");
  EXPECT_EQ(WhyNot(With("</RSP>", "</RSP><RSP/>")), "Body: an element that does not belong there");
}

TEST(HostileXmlTest, ValuesAreReadStrictlyAndNeverTold) {
  EXPECT_EQ(WhyNot(With("99.99", "99.9")), "Body/RSP/MontantAccorde: not an amount");
  EXPECT_EQ(WhyNot(With("99.99", "99999999999999999999.99")),
            "Body/RSP/MontantAccorde: not an amount");
  EXPECT_EQ(WhyNot(With("2024-05-02", "2024-02-30")), "Body/RSP/FinValidite: not a day");
  EXPECT_EQ(WhyNot(With("<ReessayerDans>0", "<ReessayerDans>-1")),
            "Body/RSP/ReessayerDans: out of range");
  EXPECT_EQ(WhyNot(With("<PieceAttendue>autre", "<PieceAttendue>secret")),
            "Body/RSP/PieceAttendue: not a word of the dialect");
  EXPECT_EQ(WhyNot(With("<Contenu>", "<Contenu>!")), "Body/RSP/Courrier/Contenu: not base64");
  EXPECT_EQ(WhyNot(With("<Cle>shop-7", "<Cle>shop<b/>-7")), "Body/RSP/Cle: holds elements");
}

TEST(HostileXmlTest, HalfAMessageIsNone) {
  const std::string xml = AnRsp();
  for (size_t size = 0; size < xml.size(); ++size)
    EXPECT_FALSE(DecodeReply(xml.substr(0, size)).ok());
}

}  // namespace
}  // namespace ecluse::exchange
