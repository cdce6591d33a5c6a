// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/settings.h"

#include <fstream>

#include "tests/adapters/mail/mail_fixture.h"

namespace ecluse::mail {
namespace {

class SettingsTest : public testing::Test {
 protected:
  absl::Status Driver(const std::string& text) {
    const auto sections = ParseSections("[[driver]]\n" + text, "profile.toml");
    return sections.ok() ? ReadDriverSection("profile.toml", sections->back(), settings_)
                         : sections.status();
  }
  absl::Status Site(const std::string& more) {
    for (const auto& [name, text] : {std::pair{"cert", "PEM\n"}, std::pair{"secret", "pass\n"}}) {
      std::ofstream(folder_ / name) << text;
    }
    const auto sections = ParseSections(
        "[[mail]]\nsubmission = \"smtp://localhost:587\"\nfrom = \"a@b\"\nto = \"c@d\"\n"
        "register = \"/var/lib/r\"\nregister_key = \"/var/lib/k\"\n" +
            more,
        "adapter.toml");
    return sections.ok() ? ReadSiteSection("adapter.toml", sections->back(), settings_)
                         : sections.status();
  }
  Folder folder_;
  Settings settings_;
};

TEST_F(SettingsTest, TheProfileSaysDelaysShapesAndCodes) {
  ASSERT_TRUE(Driver("service = \"billing\"\nresend_after = \"90s\"\ncipher = \"3des\"\n"
                     "most_resends = 0\nact_codes = [\"optics=OPT\", \"audiology=AUD\"]\n")
                  .ok());
  EXPECT_EQ(settings_.resend, (Delay{0, absl::Seconds(90)}));
  EXPECT_EQ(settings_.message.cipher, Cipher::kTripleDes);
  EXPECT_EQ(settings_.most_resends, 0u);
  EXPECT_EQ(settings_.build.acts.at("audiology"), "AUD");
}

TEST_F(SettingsTest, AMistakeNamesItsLineAndRule) {
  const absl::Status status = Driver("resend_after = \"soon\"\n");
  EXPECT_NE(std::string(status.message()).find("resend_after"), std::string::npos) << status;
  EXPECT_FALSE(Driver("cipher = \"rot13\"\n").ok());
  EXPECT_FALSE(Driver("act_codes = [\"optics\"]\n").ok());
  EXPECT_FALSE(Driver("recend_after = \"5 working days\"\n").ok());
}

TEST_F(SettingsTest, TheDeploymentSaysWhereAndWithWhat) {
  const absl::Status read =
      Site("recipient_certificate = \"" + (folder_ / "cert") + "\"\n" +
           "mailbox = \"imaps://localhost:993/INBOX\"\n" + "mailbox_secret_file = \"" +
           (folder_ / "secret") + "\"\n" + "sole_carrier = true\n");
  ASSERT_TRUE(read.ok()) << read;
  EXPECT_EQ(settings_.message.certificate, "PEM\n");
  EXPECT_EQ(settings_.mailbox.secret, "pass");
  EXPECT_EQ(settings_.smtp.to, "c@d");
  EXPECT_TRUE(settings_.sole_carrier);
}

TEST_F(SettingsTest, BillsAreNotSentInClearByOversight) {
  EXPECT_FALSE(Site("").ok());
  EXPECT_TRUE(Site("in_clear = true\n").ok());
}

}  // namespace
}  // namespace ecluse::mail
