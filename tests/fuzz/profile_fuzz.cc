// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "adapters/protocols/exchange/driver.h"
#include "adapters/protocols/mail/settings.h"
#include "adapters/protocols/portal/driver.h"
#include "proto/profile/profile.h"
#include "tests/fuzz/check.h"

// profile.toml, and the sections of it that drivers read.
namespace {

using namespace ecluse;

template <class Settings>
void Read(const Section& section) {
  Settings settings;
  const absl::Status status = ReadDriverSection("p.toml", section, settings);
  fuzz::Must(status.ok() || !status.message().empty(), "a refusal says why");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string text(fuzz::View(bytes, size));
  const auto profile = profile::ParseProfile(text, "p.toml");
  if (!profile.ok()) {
    fuzz::Must(std::string(profile.status().message()).starts_with("p.toml"),
               "a mistake is told with its file");
    return 0;
  }
  fuzz::Must(IsName(profile->name.text), "an operator has a name");
  for (const profile::Service& service : profile->services) {
    fuzz::Must(profile->Find(service.name) == &service, "a service is found by its name");
    for (const auto& [word, meaning] : service.words) {
      fuzz::Must(profile::Fold(word) == word, "words are kept folded");
    }
    Read<portal::Settings>(service.driver);
    Read<exchange::Settings>(service.driver);
    Read<mail::Settings>(service.driver);
  }
  return 0;
}
