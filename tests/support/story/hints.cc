// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/hints.h"

#include <fmt/format.h>

namespace ecluse::story {

namespace {

constexpr char kMail[] =
    "Postfix and Dovecot end with this program: bills by mail now wait for them in vain.\n\n";

}  // namespace

std::string HintsText(const Running& running) {
  return fmt::format(
      R"(
Everything is left running; its files and logs are in {folder}

  alias ctl='{ctl} --profile {folder}/eclusectl.toml'
  ctl status
  ctl list --limit 10
  ctl show 1                                   one request with its whole history
  ctl holds                                    the incident at Carte Blanche is one
  ctl close viamedis/authorisation --reason "trying it out"
  ctl forecast viamedis/authorisation
  ctl reopen viamedis/authorisation --reason "enough"

Close the portal of the simulated viamedis, and open it again:

  {simulator} --tell {control} "close refuse"
  {simulator} --tell {control} open

Deposit one request more as {practice}, from Python, and read its inbox:

  /usr/bin/python3 {source}/adapters/examples/deposit.py tcp://127.0.0.1:{port} '{key}' \
    {folder}/{practice}.key viamedis/authorisation {finess} MY-OWN-1 {folder}/sample.content \
    --format application/vnd.ecluse.content

{mail}Stop it, and remove its folder:

  sh {folder}/stop
)",
      fmt::arg("mail", running.mail ? kMail : ""), fmt::arg("folder", running.folder),
      fmt::arg("ctl", running.ctl), fmt::arg("simulator", running.operator_program),
      fmt::arg("control", running.control_port), fmt::arg("practice", running.practice.id.text),
      fmt::arg("port", running.broker_port), fmt::arg("finess", running.practice.finess),
      fmt::arg("key", running.broker_key), fmt::arg("source", ECLUSE_SOURCE));
}

}  // namespace ecluse::story
