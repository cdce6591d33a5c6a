// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/daemon.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/master_key.h"
#include "tests/bench/row.h"

namespace ecluse::bench {
namespace {

namespace fs = std::filesystem;

KeyPair NewPair() {
  auto pair = MakeKeyPair();
  if (!pair.ok()) GiveUp(std::string(pair.status().message()));
  return *std::move(pair);
}

constexpr const char* kConfig = R"(endpoint = "tcp://127.0.0.1:*"
endpoint_file = "endpoint"
key_file = "broker.key"
peers_file = "peers.toml"
store_directory = "store"
master_key_file = "master.key"
disk_reserve = "64MiB"
log_level = "warning"

[[destination]]
operator = "memory"
service = "authorisation"
in_flight = 1000
)";

}  // namespace

Daemon::Daemon(std::string program, std::string folder)
    : program_(std::move(program)), folder_(std::move(folder)) {
  fs::remove_all(folder_);  // left by a run that was killed
  fs::create_directories(folder_);
  broker_ = NewPair();
  adapter_ = NewPair();
  std::string peers = fmt::format(
      "[[adapter]]\noperator = \"memory\"\nservices = [\"authorisation\"]\nkey = \"{}\"\n",
      adapter_.public_key);
  for (int i = 0; i < kPractices; ++i) {
    practices_.push_back(NewPair());
    peers += fmt::format(
        "[[practice]]\nname = \"practice-{}\"\nfiness = [\"75{:07}\"]\n"
        "key = \"{}\"\n",
        i, i, practices_.back().public_key);
  }
  Write("peers.toml", peers);
  Write("eclused.toml", kConfig);
  absl::Status status = WriteKeyPair(folder_ + "/broker.key", broker_);
  if (status.ok()) status = store::CreateMasterKey(folder_ + "/master.key");
  if (!status.ok()) GiveUp(std::string(status.message()));
}

Daemon::~Daemon() {
  if (pid_ > 0) Kill();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Daemon::Write(const std::string& name, const std::string& text) const {
  std::ofstream(folder_ + "/" + name) << text;
}

void Daemon::StartWithoutWaiting() {
  std::error_code ignored;
  fs::remove(folder_ + "/endpoint", ignored);
  const std::string config = folder_ + "/eclused.toml";
  // After a first start the port stays, so that peers find it again.
  std::vector<std::string> words = {program_, "--config", config};
  if (!endpoint_.empty()) words.insert(words.end(), {"--endpoint", endpoint_});
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a benchmark that gives up leaves no broker behind
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  if (pid_ < 0) GiveUp("no process can be made");
}

void Daemon::Start() {
  StartWithoutWaiting();
  const double start = Seconds();
  while (!fs::exists(folder_ + "/endpoint")) {
    if (Seconds() - start > 120 || ::waitpid(pid_, nullptr, WNOHANG) != 0) {
      GiveUp("eclused does not start");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  std::ifstream file(folder_ + "/endpoint");
  std::string line;
  std::getline(file, line);
  const size_t quote = line.find('"');
  endpoint_ = line.substr(quote + 1, line.rfind('"') - quote - 1);
}

void Daemon::Kill() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

LinkOptions Daemon::LinkFor(const KeyPair& pair) const {
  LinkOptions options;
  options.endpoint = endpoint_;
  options.broker_key = broker_.public_key;
  options.public_key = pair.public_key;
  options.secret_key = pair.secret_key;
  return options;
}

LinkOptions Daemon::PracticeLink(int practice) const {
  return LinkFor(practices_[static_cast<size_t>(practice)]);
}
LinkOptions Daemon::AdapterLink() const { return LinkFor(adapter_); }

uint64_t Daemon::ResidentBytes() const {
  std::ifstream statm(fmt::format("/proc/{}/statm", pid_));
  uint64_t size = 0;
  uint64_t resident = 0;
  statm >> size >> resident;
  return resident * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

uint64_t Daemon::StoreBytes() const {
  uint64_t bytes = 0;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ + "/store", error)) {
    struct stat about {};
    // Blocks, not lengths: what the disk really gives.
    if (::stat(entry.path().c_str(), &about) == 0 && S_ISREG(about.st_mode)) {
      bytes += static_cast<uint64_t>(about.st_blocks) * 512;
    }
  }
  return bytes;
}

}  // namespace ecluse::bench
