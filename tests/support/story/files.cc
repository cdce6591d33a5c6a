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

#include "tests/support/story/world.h"

namespace ecluse::story {

std::string BrokerConfig(int port) {
  std::string text =
      fmt::format(R"(# The broker of the story. Short pauses: this is a demonstration.
endpoint = "tcp://127.0.0.1:{}"
key_file = "broker.key"
peers_file = "peers.toml"
store_directory = "store"
master_key_file = "master.key"
disk_reserve = "64MiB"
)",
                  port);
  for (const Destination& destination : {kAuthorisation, kBilling}) {
    text += fmt::format(R"(
[[destination]]
operator = "{}"
service = "{}"
lease = "2s"
silence = "5s"
settle = "1s"
probe_every = "1s"
probes = 20
ask_every = "1s"
strikes = 20
retry_first = "1s"
retry_most = "2s"
in_flight = 12
)",
                        destination.run_by.text, destination.service.text);
  }
  return text;
}

std::string PeersFile(const std::vector<patients::Practice>& practices,
                      const std::vector<KeyPair>& practice_keys, const KeyPair& adapter,
                      const KeyPair& ops) {
  std::string text = "# Whose key is whose.\n";
  for (size_t i = 0; i < practices.size(); ++i) {
    text += fmt::format("\n[[practice]]\nname = \"{}\"\nfiness = [\"{}\"]\nkey = \"{}\"\n",
                        practices[i].id.text, practices[i].finess, practice_keys[i].public_key);
  }
  text += fmt::format(
      "\n[[adapter]]\noperator = \"{}\"\nservices = [\"{}\", \"{}\"]\nkey = \"{}\"\n",
      kOperator.text, kAuthorisation.service.text, kBilling.service.text, adapter.public_key);
  text += fmt::format("\n[[ops]]\nname = \"story\"\nmay = \"act\"\nkey = \"{}\"\n", ops.public_key);
  return text;
}

std::string AdapterConfig(int broker_port, int operator_port) {
  return fmt::format(R"(# The adapter of the story.
[broker]
endpoint = "tcp://127.0.0.1:{}"
broker_key_file = "broker.key.pub"
key_file = "adapter.key"

[operator]
name = "{}"
services = ["{}", "{}"]
url = "https://127.0.0.1:{}"
ca_file = "ca.pem"
certificate_file = "client.pem"
key_file = "client.key"
connect_timeout_ms = 1000
total_timeout_ms = 3000

[worker]
threads = 16
slots = 24
stop_within_ms = 3000
)",
                     broker_port, kOperator.text, kAuthorisation.service.text,
                     kBilling.service.text, operator_port);
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
  std::vector<int> sockets, ports;
  for (int i = 0; i < count; ++i) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(fd, generic, size) == 0 && getsockname(fd, generic, &size) == 0) {
      ports.push_back(ntohs(address.sin_port));
    }
    sockets.push_back(fd);
  }
  // Held until all are known, so that none is given twice.
  for (const int fd : sockets) close(fd);
  return ports;
}

}  // namespace ecluse::story
