// SPDX-License-Identifier: Apache-2.0
#include "tests/peers/house.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "store/master_key.h"

namespace ecluse::peers {
namespace {

namespace fs = std::filesystem;

constexpr const char* kConfig = R"(endpoint = "tcp://127.0.0.1:*"
endpoint_file = "endpoint"
key_file = "broker.key"
peers_file = "peers.toml"
store_directory = "store"
master_key_file = "master.key"
disk_reserve = "64MiB"
log_level = "info"

[[destination]]
operator = "memory"
service = "authorisation"
in_flight = 1000
)";

KeyPair NewPair() {
  auto pair = MakeKeyPair();
  if (!pair.ok()) GiveUp(std::string(pair.status().message()));
  return *std::move(pair);
}

std::string EndpointIn(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const size_t quote = line.find('"');
  return line.substr(quote + 1, line.rfind('"') - quote - 1);
}

}  // namespace

House::House(std::string program, std::string folder, int practices)
    : folder_(std::move(folder)),
      broker_key_(NewPair()),
      adapter_(NewPair()),
      broker_({.name = "eclused",
               .program = std::move(program),
               .arguments = {"--config", folder_ + "/eclused.toml"},
               .log = folder_ + "/log"}) {
  fs::remove_all(folder_);
  fs::create_directories(folder_);
  std::ofstream peers(folder_ + "/peers.toml");
  peers << fmt::format("[[adapter]]\noperator = \"{}\"\nservices = [\"{}\"]\nkey = \"{}\"\n",
                       kOperator, kService, adapter_.public_key);
  for (int i = 0; i < practices; ++i) {
    practices_.push_back(NewPair());
    peers << fmt::format("[[practice]]\nname = \"{}\"\nfiness = [\"{}\"]\nkey = \"{}\"\n", Name(i),
                         Finess(i), practices_.back().public_key);
  }
  std::ofstream(folder_ + "/eclused.toml") << kConfig;
  absl::Status status = WriteKeyPair(folder_ + "/broker.key", broker_key_);
  if (status.ok()) status = store::CreateMasterKey(folder_ + "/master.key");
  if (!status.ok()) GiveUp(std::string(status.message()));
}

House::~House() {
  broker_.Kill();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void House::Start() {
  const std::string told = folder_ + "/endpoint";
  std::error_code ignored;
  fs::remove(told, ignored);
  const absl::Status status = broker_.Start();
  if (!status.ok()) GiveUp(std::string(status.message()));
  while (!fs::exists(told)) {
    if (!broker_.Alive()) GiveUp("eclused does not start: " + broker_.LogTail());
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (!endpoint_.empty()) return;
  endpoint_ = EndpointIn(told);
  // From now on this port, so that peers find it again.
  std::ifstream old(folder_ + "/eclused.toml");
  std::string config{std::istreambuf_iterator<char>(old), {}};
  config.replace(config.find("tcp://127.0.0.1:*"), 17, endpoint_);
  std::ofstream(folder_ + "/eclused.toml") << config;
}

LinkOptions House::Practice(int number) const {
  return LinkOf(practices_[static_cast<size_t>(number)]);
}

std::string House::Finess(int practice) { return fmt::format("75{:07}", practice); }
std::string House::Name(int practice) { return fmt::format("practice-{}", practice); }

LinkOptions House::LinkOf(const KeyPair& pair) const {
  LinkOptions options;
  options.endpoint = endpoint_;
  options.broker_key = broker_key_.public_key;
  options.public_key = pair.public_key;
  options.secret_key = pair.secret_key;
  return options;
}

size_t House::OpenFiles() const {
  std::error_code error;
  const fs::directory_iterator files(fmt::format("/proc/{}/fd", broker_.pid()), error);
  return error ? 0 : static_cast<size_t>(std::distance(begin(files), end(files)));
}

uint64_t House::Status(const std::string& field) const {
  std::ifstream status(fmt::format("/proc/{}/status", broker_.pid()));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(field + ":")) return std::stoull(line.substr(field.size() + 1)) << 10;
  }
  return 0;
}

double House::CpuSeconds() const {
  std::ifstream stat(fmt::format("/proc/{}/stat", broker_.pid()));
  std::string line;
  std::getline(stat, line);
  unsigned long long user = 0;
  unsigned long long kernel = 0;
  // After the name in brackets: the 12th and 13th field.
  const size_t bracket = line.rfind(')');
  if (bracket == std::string::npos) return 0;
  std::sscanf(line.c_str() + bracket + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu",
              &user, &kernel);
  return static_cast<double>(user + kernel) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

void GiveUp(const std::string& why) {
  fmt::print(stderr, "peers: {}\n", why);
  std::exit(1);
}

void RaiseFileLimit() {
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace ecluse::peers
