// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <string>

#include "adapters/operators/config.h"
#include "adapters/vault/sealed.h"
#include "broker/net/keys.h"
#include "tests/fuzz/check.h"

// adapter.toml, in a folder with the keys that it names, against a profile with each protocol.
namespace {

using namespace ecluse;

constexpr char kProfile[] = R"(
operator = "sixth"
label = "The sixth operator"
[[service]]
name = "authorisation"
protocol = "portal"
kinds = ["authorisation"]
failure_domain = "sixth"
[[service]]
name = "rights"
protocol = "exchange"
kinds = ["quotation"]
failure_domain = "sixth"
[[service]]
name = "billing"
protocol = "mail"
kinds = ["bill"]
failure_domain = "sixth"
[[word]]
words = ["accordee"]
means = "granted"
)";

// Gone with the process.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "ecluse-fuzz-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
    fuzz::Must(WriteKeyPair(path_ + "/own", *MakeKeyPair()).ok(), "keys can be written");
    fuzz::Must(MakeVaultKey(path_ + "/vault.key").ok(), "keys can be written");
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const Folder folder;
  static const auto profile = profile::ParseProfile(kProfile, "p.toml");
  if (!profile.ok()) std::fprintf(stderr, "%s\n", profile.status().ToString().c_str());
  fuzz::Must(profile.ok(), "the profile is one");
  const std::string text(fuzz::View(bytes, size));
  // Files that it names are looked at: a fuzzer shall not open devices.
  if (text.find("/dev") != std::string::npos || text.find("/proc") != std::string::npos) return 0;
  const auto config = ParseAdapterConfig(text, folder.path() + "/adapter.toml", *profile);
  if (!config.ok()) {
    fuzz::Must(!config.status().message().empty(), "a refusal says why");
    return 0;
  }
  fuzz::Must(config->worker.link.endpoint.starts_with("tcp://"), "the broker's endpoint is one");
  fuzz::Must(!config->endpoints.empty(), "something can be sent");
  fuzz::Must(config->endpoints.size() + config->left_out.size() == profile->services.size(),
             "every service is carried or left out");
  return 0;
}
