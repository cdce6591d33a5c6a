// SPDX-License-Identifier: Apache-2.0
#include "proto/content/codec.h"

#include <gtest/gtest.h>

#include <functional>

#include "proto/content/content.pb.h"
#include "proto/content/limits.h"
#include "proto/limits.h"
#include "tests/proto/content/samples.h"

namespace ecluse::content {
namespace {

using namespace std::string_literals;

using samples::SomeAnswer;
using samples::SomeAuthorisation;

TEST(CodecTest, EveryContentComesBackAsItWas) {
  for (const auto& sample : samples::Contents()) {
    const auto decoded = Decode(Encode(sample.content));
    ASSERT_TRUE(decoded.ok()) << sample.name << decoded.status().message();
    EXPECT_EQ(*decoded, sample.content) << sample.name;
  }
}

TEST(CodecTest, EmptyContentsComeBackToo) {
  for (const Content& content :
       {Content(Authorisation()), Content(Quotation()), Content(Cancellation()),
        Content(Document()), Content(Invoice())}) {
    const auto decoded = Decode(Encode(content));
    ASSERT_TRUE(decoded.ok()) << decoded.status().message();
    EXPECT_EQ(*decoded, content);
  }
}

TEST(CodecTest, TheAccountThatAnInvoiceNamesComesBack) {
  Invoice invoice;
  invoice.payee_account = "FR1420041010050500013M02606";
  const auto decoded = Decode(Encode(invoice));
  ASSERT_TRUE(decoded.ok()) << decoded.status().message();
  EXPECT_EQ(*decoded, Content(invoice));
}

TEST(CodecTest, AnswersComeBackAsTheyWere) {
  for (const Answer& answer : {SomeAnswer(), Answer()}) {
    const auto decoded = DecodeAnswer(EncodeAnswer(answer));
    ASSERT_TRUE(decoded.ok()) << decoded.status().message();
    EXPECT_EQ(*decoded, answer);
  }
}

TEST(CodecTest, EveryContentIsOfItsKind) {
  const Kind kinds[] = {Kind::kAuthorisation, Kind::kQuotation, Kind::kCancellation,
                        Kind::kDocument, Kind::kBill};
  const auto contents = samples::Contents();
  for (size_t i = 0; i < contents.size(); ++i) EXPECT_EQ(KindOf(contents[i].content), kinds[i]);
}

// What Decode() says of the sample after a change to its message.
std::string After(const std::function<void(v1::Content&)>& change) {
  v1::Content message;
  message.ParseFromString(Encode(SomeAuthorisation()));
  change(message);
  const auto decoded = Decode(message.SerializeAsString());
  return decoded.ok() ? "fine" : std::string(decoded.status().message());
}

TEST(CodecTest, AbsentRankAndQuantityAreOne) {
  v1::Content message;
  message.set_version(1);
  message.mutable_authorisation()->set_asked_on(20240205);
  v1::Line* line = message.mutable_authorisation()->add_lines();
  line->set_system(v1::CODE_SYSTEM_LPP);
  const auto decoded = Decode(message.SerializeAsString());
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(std::get<Authorisation>(*decoded).lines[0].quantity, 1u);
  EXPECT_EQ(std::get<Authorisation>(*decoded).opener.birth_rank, 1u);
}

TEST(CodecTest, TextsBeyondTheirLimitAreRefusedByName) {
  const auto code = [](size_t bytes) {
    return After([&](v1::Content& m) {
      m.mutable_authorisation()->mutable_lines(2)->set_code(std::string(bytes, '1'));
    });
  };
  EXPECT_EQ(code(limits::kNumberBytes), "fine");
  EXPECT_EQ(code(limits::kNumberBytes + 1), "lines[2].code: content.length");
  EXPECT_EQ(After([](v1::Content& m) {
              m.mutable_authorisation()->mutable_opener()->set_surname(std::string(129, 'a'));
            }),
            "opener.surname: content.length");
}

TEST(CodecTest, TooManyLinesAreRefused) {
  const auto lines = [](size_t count) {
    return After([&](v1::Content& m) {
      auto* list = m.mutable_authorisation();
      while (static_cast<size_t>(list->lines_size()) < count) *list->add_lines() = list->lines(0);
    });
  };
  EXPECT_EQ(lines(limits::kLines), "fine");
  EXPECT_EQ(lines(limits::kLines + 1), "lines: content.count");
}

TEST(CodecTest, DaysThatNoCalendarHasAreRefused) {
  const auto on = [](uint32_t day) {
    return After(
        [&](v1::Content& m) { m.mutable_authorisation()->mutable_prescription()->set_date(day); });
  };
  EXPECT_EQ(on(20240229), "fine");
  EXPECT_EQ(on(0), "fine");
  for (const uint32_t day :
       {20230229u, 20240431u, 20241301u, 20240100u, 101u, 99999999u, 4294967295u}) {
    EXPECT_EQ(on(day), "prescription.date: date.real") << day;
  }
  EXPECT_EQ(After([](v1::Content& m) { m.mutable_authorisation()->set_asked_on(0); }),
            "asked_on: field.missing");
}

TEST(CodecTest, ValuesOfNoListAreRefused) {
  EXPECT_EQ(After([](v1::Content& m) {
              m.mutable_authorisation()->mutable_lines(1)->set_system(v1::CODE_SYSTEM_UNKNOWN);
            }),
            "lines[1].system: content.value");
  EXPECT_EQ(After([](v1::Content& m) {
              m.mutable_authorisation()->mutable_lines(0)->set_side(static_cast<v1::Side>(3));
            }),
            "lines[0].side: content.value");
}

TEST(CodecTest, ControlCharactersAreRefused) {
  EXPECT_EQ(
      After([](v1::Content& m) { m.mutable_authorisation()->mutable_rights()->set_csr("94\n1"); }),
      "rights.csr: content.text");
}

TEST(CodecTest, OtherVersionsAndOtherBytesAreRefused) {
  EXPECT_EQ(After([](v1::Content& m) { m.set_version(2); }), "content: content.version");
  EXPECT_EQ(After([](v1::Content& m) { m.clear_body(); }), "content: content.readable");
  EXPECT_EQ(Decode("").status().message(), "content: content.version");
  EXPECT_EQ(Decode("<xml/>").status().message(), "content: content.readable");
  EXPECT_EQ(DecodeAnswer("<xml/>").status().message(), "answer: content.readable");
  EXPECT_EQ(DecodeAnswer("").status().message(), "answer: content.version");
}

TEST(CodecTest, WhatIsLargerThanAnyContentIsNotEvenRead) {
  const std::string large(ecluse::limits::kContentBytes + 1, '\0');
  EXPECT_EQ(Decode(large).status().message(), "content: size.most");
  EXPECT_EQ(DecodeAnswer(large).status().message(), "answer: size.most");
}

// Without the look beforehand these four million lines take the reader a second.
TEST(CodecTest, MillionsOfEmptyLinesAreNotReadOneByOne) {
  std::string lines;
  for (int i = 0; i < 4'000'000; ++i) lines += "\x42\0"s;
  const auto with_length = [](std::string tag, size_t length) {
    for (; length >= 0x80; length >>= 7) tag += static_cast<char>((length & 0x7f) | 0x80);
    return tag + static_cast<char>(length);
  };
  const std::string bytes = "\x08\x01" + with_length("\x12", lines.size()) + lines;
  EXPECT_EQ(Decode(bytes).status().message(), "content: size.most");
}

TEST(CodecTest, ADocumentMayBeAsLargeAsAContent) {
  Document document;
  document.media_type = "application/pdf";
  document.bytes = std::string(6 << 20, 'x');
  EXPECT_TRUE(Decode(Encode(document)).ok());
}

TEST(CodecTest, UnknownFieldsAreIgnored) {
  // Field 99, length 3: from a version to come.
  const std::string unknown(
      "\x9a\x06\x03"
      "new",
      6);
  const Content content = SomeAuthorisation();
  const auto decoded = Decode(Encode(content) + unknown);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(*decoded, content);
  EXPECT_EQ(Encode(*decoded), Encode(content));
}

TEST(CodecTest, DecisionsOfANewerVersionAreOthers) {
  v1::Answer message;
  message.set_version(1);
  message.set_decision(static_cast<v1::Decision>(99));
  message.add_wanted(static_cast<v1::DocumentKind>(77));
  const auto answer = DecodeAnswer(message.SerializeAsString());
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->decision, Decision::kOther);
  EXPECT_EQ(answer->wanted, std::vector{DocumentKind::kOther});
}

TEST(CodecTest, WhateverAnOperatorSaysCanBeReadAgain) {
  Answer answer;
  answer.status =
      "Accord\xe9"
      "e";  // ISO-8859-1
  answer.reference = std::string(200, 'r');
  answer.reasons.assign(limits::kReasons + 5, {"C", "line\r\nline\tend"});
  std::string many;
  for (int i = 0; i < 1001; ++i) many += "é";  // one character too many, in two bytes each
  answer.reasons[0].text = many;
  answer.letters.push_back({"not a \x01 type", "x"});
  const auto read = DecodeAnswer(EncodeAnswer(answer));
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(read->status, "Accordée");
  EXPECT_EQ(read->reference.size(), limits::kNumberBytes);
  EXPECT_EQ(read->reasons.size(), limits::kReasons);
  EXPECT_EQ(read->reasons[1].text, "line  line end");
  EXPECT_EQ(read->reasons[0].text, many.substr(0, 2000));
  EXPECT_EQ(read->letters[0].media_type, "");
}

TEST(CodecTest, MediaTypesOfAnswersAreAscii) {
  v1::Answer message;
  message.set_version(1);
  message.add_letters()->set_media_type("Écluse");
  EXPECT_EQ(DecodeAnswer(message.SerializeAsString()).status().message(),
            "letters[0].media_type: content.text");
}

TEST(CodecTest, RefusalsNeverRepeatTheValue) {
  const std::string said = After([](v1::Content& m) {
    m.mutable_authorisation()->mutable_opener()->set_nir("2951099126111\n" + std::string(60, '9'));
  });
  EXPECT_EQ(said, "opener.nir: content.length");
  EXPECT_EQ(said.find("2951"), std::string::npos);
}

}  // namespace
}  // namespace ecluse::content
