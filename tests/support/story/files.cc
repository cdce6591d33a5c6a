// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/files.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <random>

#include "tests/support/patients/day.h"

namespace ecluse::story {

std::string StoryPolicy() {
  return fmt::format(R"(lease = "2s"
silence = "6s"
settle = "1s"
probe_every = "1s"
probes = 20
ask_every = "1s"
ask_most = "2s"
strikes = 20
retry_first = "1s"
retry_most = "2s"
in_flight = {}
rate_most = 16
rate_least = 2
dead_cohorts = 3
login_every = "500ms"
)",
                     kCeiling);
}

std::string BrokerConfig(int port, const std::vector<Player>& players, const std::string& policy) {
  std::string text =
      fmt::format(R"(# The broker of the story. Short pauses: this is a demonstration.
endpoint = "tcp://127.0.0.1:{}"
key_file = "broker.key"
peers_file = "peers.toml"
store_directory = "store"
master_key_file = "master.key"
routes_file = "routes.toml"
disk_reserve = "64MiB"
start_offset_most = "0s"
)",
                  port);
  for (const Player& player : players) {
    text += fmt::format("\n[[operator]]\nprofile = \"profiles/{}.toml\"\n", player.id().text);
    for (const Destination& destination : DestinationsOf(player)) {
      text += fmt::format("\n[[destination]]\noperator = \"{}\"\nservice = \"{}\"\n{}",
                          destination.run_by.text, destination.service.text, policy);
    }
  }
  return text;
}

std::string PeersFile(const std::vector<patients::Practice>& practices,
                      const std::vector<KeyPair>& practice_keys, const std::vector<Player>& players,
                      const KeyPair& ops) {
  std::string text = "# Whose key is whose.\n";
  for (size_t i = 0; i < practices.size(); ++i) {
    text += fmt::format("\n[[practice]]\nname = \"{}\"\nfiness = [\"{}\"]\nkey = \"{}\"\n",
                        practices[i].id.text, practices[i].finess, practice_keys[i].public_key);
  }
  for (const Player& player : players) {
    std::string services;
    for (const auto& service : player.profile.services) {
      services += fmt::format("{}\"{}\"", services.empty() ? "" : ", ", service.name.text);
    }
    text += fmt::format("\n[[adapter]]\noperator = \"{}\"\nservices = [{}]\nkey = \"{}\"\n",
                        player.id().text, services, player.adapter_key.public_key);
  }
  text += fmt::format("\n[[ops]]\nname = \"story\"\nmay = \"act\"\nkey = \"{}\"\n", ops.public_key);
  return text;
}

std::string RoutesFile(const std::vector<Player>& players) {
  std::string text = "# Made-up insurers: one for each operator.\n";
  for (size_t i = 0; i < players.size(); ++i) {
    text += fmt::format("\n[[route]]\noperator = \"{}\"\namc = \"{}\"\n", players[i].id().text,
                        patients::MadeUpAmc(i));
  }
  if (players.size() < 3) return text;
  text += fmt::format(
      "\n# The first insurer's hearing aids go elsewhere.\n[[route]]\noperator = \"{}\"\namc = "
      "\"{}\"\ndomain = \"audiology\"\n",
      players.at(2).id().text, patients::MadeUpAmc(0));
  return text;
}

std::string AdapterConfig(int broker_port, const Player& player, const std::string& mail) {
  std::string text = fmt::format(R"(# An adapter of the story.
[broker]
endpoint = "tcp://127.0.0.1:{0}"
broker_key_file = "broker.key.pub"
key_file = "{1}.adapter.key"

[vault]
file = "{1}.vault"
key_file = "vault.key"

[worker]
threads = 12
stop_within = "3s"
collect_every = "1s"
)",
                                 broker_port, player.id().text);
  for (const profile::Service& service : player.profile.services) {
    if (ByMail(service)) {
      text += mail;
      continue;
    }
    const bool portal = service.protocol == profile::Protocol::kPortal;
    text += fmt::format(R"(
[[endpoint]]
service = "{0}"
url = "https://127.0.0.1:{1}/{0}/{2}"
ca_file = "ca.pem"
certificate_file = "client.pem"
key_file = "client.key"
)",
                        service.name.text, player.port, portal ? "portal" : "exchange");
  }
  return text;
}

std::string LoginOf(const PracticeId& practice, const OperatorId& at) {
  return fmt::format("{}-at-{}", practice.text, at.text);
}

std::string CtlProfile(int broker_port, const std::string& folder) {
  return fmt::format(
      "broker = \"tcp://127.0.0.1:{}\"\nserver-key = \"{}/broker.key.pub\"\n"
      "key = \"{}/ops.key\"\n",
      broker_port, folder, folder);
}

std::string NewMasterKey() {
  std::random_device random;
  std::string hex;
  while (hex.size() < 64) hex += fmt::format("{:08x}", random() & 0xFFFFFFFFu);
  return hex + "\n";
}

absl::Status WriteFile(const std::string& path, const std::string& text) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return absl::ErrnoToStatus(errno, path);
  const bool whole = write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int error = errno;
  close(fd);
  return whole ? absl::OkStatus() : absl::ErrnoToStatus(error, path);
}

std::vector<int> FreePorts(int count) {
  // Below those that the kernel gives away: a closed portal's port must still be free when it
  // opens.
  constexpr int kLowest = 20'000, kHighest = 32'000, kTries = 1000;
  std::random_device random;
  std::uniform_int_distribution<int> any(kLowest, kHighest);
  std::vector<int> sockets, ports;
  for (int i = 0; i < kTries && ports.size() < static_cast<size_t>(count); ++i) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int port = any(random);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) ports.push_back(port);
    sockets.push_back(fd);
  }
  // Held until all are known, so that none is given twice.
  for (const int fd : sockets) close(fd);
  return ports;
}

}  // namespace ecluse::story
