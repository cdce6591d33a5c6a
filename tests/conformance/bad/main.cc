// SPDX-License-Identifier: Apache-2.0
// ecluse-bad-adapter: speaks the portal contract, and does wrong what ECLUSE_SIN tells.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "adapters/protocols/portal/driver.h"
#include "broker/net/keys.h"
#include "tests/conformance/bad/bad_adapter.h"
#include "tests/conformance/bad/sinner.h"

namespace {

using namespace ecluse;
using profile::Meaning;

std::atomic<bool> stop = false;
bool stops_at_once = false;

void OnSignal(int) {
  if (stops_at_once) _exit(0);
  stop = true;
}

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "bad adapter: %s\n", std::string(status.message()).c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("An adapter that breaks one promise at a time");
  conformance::BadOptions options;
  portal::Settings portal;
  std::string broker_key_file, key_file;
  app.add_option("--endpoint", options.link.endpoint);
  app.add_option("--broker-key-file", broker_key_file);
  app.add_option("--key-file", key_file);
  app.add_option("--operator", options.destination.run_by.text);
  app.add_option("--service", options.destination.service.text);
  app.add_option("--url", portal.site.url);
  app.add_option("--ca", portal.site.ca);
  app.add_option("--certificate", portal.site.certificate);
  app.add_option("--certificate-key", portal.site.key);
  app.add_option("--accounts", options.accounts);
  app.add_option("--folder", options.folder);
  CLI11_PARSE(app, argc, argv);
  const char* sin = getenv("ECLUSE_SIN");
  options.sin = sin == nullptr ? "" : sin;
  stops_at_once = options.sin == "stops-at-once";
  std::signal(SIGTERM, OnSignal);
  std::signal(SIGPIPE, SIG_IGN);
  const auto broker_key = ReadPublicKey(broker_key_file);
  if (!broker_key.ok()) return Fail(broker_key.status());
  const auto own = ReadKeyPair(key_file);
  if (!own.ok()) return Fail(own.status());
  options.link.broker_key = *broker_key;
  options.link.public_key = own->public_key;
  options.link.secret_key = own->secret_key;
  options.link.patience = absl::Milliseconds(500);
  options.link.patience_most = absl::Seconds(1);
  portal.site.total_timeout = absl::Seconds(3);
  portal.site.answer_bytes = 4 << 20;
  portal.terms.words = {{"en attente", Meaning::kPending},
                        {"accordee", Meaning::kGranted},
                        {"refusee", Meaning::kRefused},
                        {"refus technique", Meaning::kTechnicalRefusal}};
  auto link = Link::Open(options.link);
  if (!link.ok()) return Fail(link.status());
  auto driver =
      conformance::MakeSinner(options.sin, std::make_unique<portal::PortalDriver>(portal));
  conformance::BadAdapter adapter(std::move(options), *std::move(link), std::move(driver));
  const absl::Status status = adapter.Run(stop);
  return status.ok() ? 0 : Fail(status);
}
