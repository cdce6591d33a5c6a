// SPDX-License-Identifier: Apache-2.0
#include "proto/names.h"

#include <gtest/gtest.h>

#include "proto/limits.h"
#include "proto/shape.h"

namespace ecluse {
namespace {

TEST(NamesTest, NamesAreShortAndPlain) {
  EXPECT_TRUE(IsName("optique-du-port-2"));
  EXPECT_TRUE(IsName(std::string(limits::kNameBytes, 'a')));
  for (const auto& wrong :
       {std::string(), std::string(limits::kNameBytes + 1, 'a'), std::string("Optique"),
        std::string("a b"), std::string("é"), std::string("a/b"), std::string("a\0b", 3)}) {
    EXPECT_FALSE(IsName(wrong)) << wrong;
  }
}

TEST(ShapeTest, FinessHasNineDigitsOrACorsicanDepartment) {
  for (const char* right : {"750000019", "2A0000015", "2B0000013"}) EXPECT_TRUE(IsFiness(right));
  for (const char* wrong : {"", "75000001", "7500000190", "2C0000010", "2a0000015", "A20000015",
                            "75000001X", "75 000019"}) {
    EXPECT_FALSE(IsFiness(wrong)) << wrong;
  }
}

TEST(ShapeTest, TextIsUtf8WithoutControlCharacters) {
  for (const char* right : {"", "FAC 2024/01", "é", "\xE2\x82\xAC", "\xF0\x9F\x9A\xA2"}) {
    EXPECT_TRUE(IsText(right, 20)) << right;
  }
  for (const char* wrong : {"a\nb", "\x7F", "\xC2\x85", "\x80", "\xC3", "\xC0\xAF", "\xE2\x82",
                            "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xE0\x80\xAF"}) {
    EXPECT_FALSE(IsText(wrong, 20)) << wrong;
  }
  EXPECT_FALSE(IsText("123456", 5));
}

TEST(ShapeTest, ReferenceIsTextThatIsNotEmpty) {
  EXPECT_FALSE(IsReference(""));
  EXPECT_TRUE(IsReference(std::string(limits::kReferenceBytes, 'r')));
  EXPECT_FALSE(IsReference(std::string(limits::kReferenceBytes + 1, 'r')));
}

TEST(ShapeTest, FormatIsAMediaType) {
  for (const char* right : {"text/plain", "application/vnd.b2+x", "text/xml; charset=utf-8"}) {
    EXPECT_TRUE(IsFormat(right)) << right;
  }
  for (const char* wrong :
       {"", "xml", "/xml", "text/", "te xt/xml", "text/x/y", "text/xml;\n", "text/xm\xC3\xA9"}) {
    EXPECT_FALSE(IsFormat(wrong)) << wrong;
  }
  EXPECT_FALSE(IsFormat("text/" + std::string(limits::kFormatBytes, 'x')));
}

TEST(ShapeTest, AnOperatorMayCallItsFormatAnythingPrintable) {
  EXPECT_TRUE(IsAnswerFormat(""));
  EXPECT_TRUE(IsAnswerFormat("NOEMIE 580"));
  EXPECT_FALSE(IsAnswerFormat("a\tb"));
}

}  // namespace
}  // namespace ecluse
