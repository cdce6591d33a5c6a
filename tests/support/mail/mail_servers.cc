// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mail/mail_servers.h"

#include <absl/time/clock.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/operator/certificates.h"

extern char** environ;

namespace ecluse {
namespace {

namespace fs = std::filesystem;

constexpr char kMaster[] = "/usr/lib/postfix/sbin/master";
constexpr char kSetpriv[] = "/usr/bin/setpriv";
constexpr char kDovecot[] = "/usr/sbin/dovecot";

sockaddr_in Loopback(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

uint16_t FreePort() {
  const int s = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  ::bind(s, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(s, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(s);
  return ntohs(address.sin_port);
}

bool Answers(uint16_t port) {
  const int s = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(port);
  const bool answers =
      ::connect(s, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(s);
  return answers;
}

// In a process group of its own, so that it and all it starts can be ended together. It is told to
// end when the thread that started it does, so a test that dies leaves nothing running.
absl::StatusOr<pid_t> Spawn(std::vector<std::string> command, const std::string& log) {
  command.insert(command.begin(), {kSetpriv, "--pdeathsig", "TERM"});
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  pid_t pid = 0;
  const int error = posix_spawn(&pid, argv[0], &files, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) return absl::UnavailableError("can't start " + command.front());
  return pid;
}

void EndGroup(pid_t& pid) {
  if (pid == 0) return;
  ::kill(-pid, SIGTERM);
  int status = 0;
  // The leader is asked for five seconds; what is left of the group then goes the hard way.
  for (int i = 0; i < 250 && ::waitpid(pid, &status, WNOHANG) == 0; ++i) {
    ::poll(nullptr, 0, 20);
  }
  ::kill(-pid, SIGKILL);
  ::waitpid(pid, &status, 0);
  pid = 0;
}

absl::Status WaitUntilUp(pid_t pid, const std::vector<uint16_t>& ports, const std::string& log) {
  for (int i = 0; i < 1000; ++i) {
    bool up = true;
    for (const uint16_t port : ports) up = up && Answers(port);
    if (up) return absl::OkStatus();
    int status = 0;
    if (::waitpid(pid, &status, WNOHANG) == pid) break;
    ::poll(nullptr, 0, 20);
  }
  std::ifstream file(log);
  const std::string said((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return absl::UnavailableError("a mail server did not start: " + said);
}

std::vector<fs::path> Files(const std::string& maildir) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const char* part : {"/new", "/cur"}) {
    for (const auto& entry : fs::directory_iterator(maildir + part, ignored)) {
      found.push_back(entry.path());
    }
  }
  return found;
}

}  // namespace

std::string MailServers::WhyNot() {
  if (::geteuid() != 0) return "Postfix and Dovecot have to be started by root";
  for (const char* program :
       {kMaster, kDovecot, "/usr/lib/dovecot/pop3", "/usr/lib/dovecot/imap"}) {
    if (!fs::exists(program)) return fmt::format("{} is not installed", program);
  }
  return "";
}

absl::StatusOr<std::unique_ptr<MailServers>> MailServers::Start(
    const std::vector<Account>& accounts) {
  std::string directory = fs::temp_directory_path() / "ecluse-mail-XXXXXX";
  if (::mkdtemp(directory.data()) == nullptr) return absl::UnavailableError("no directory");
  std::unique_ptr<MailServers> servers(new MailServers(directory));
  if (absl::Status status = servers->Prepare(accounts); !status.ok()) return status;
  if (absl::Status status = servers->StartDovecot(); !status.ok()) return status;
  if (absl::Status status = servers->StartSubmission(); !status.ok()) return status;
  return servers;
}

MailServers::~MailServers() {
  EndGroup(postfix_);
  EndGroup(dovecot_);
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

absl::Status MailServers::Prepare(const std::vector<Account>& accounts) {
  smtp_port_ = FreePort();
  pop3_port_ = FreePort();
  imap_port_ = FreePort();
  ::chmod(directory_.c_str(), 0755);
  for (const char* name : {"/tls", "/mail"}) fs::create_directory(directory_ + name);
  if (absl::Status made = MakeCertificates(directory_ + "/tls"); !made.ok()) return made;
  if (absl::Status status = PreparePostfix(accounts); !status.ok()) return status;
  return PrepareDovecot(accounts);
}

absl::Status MailServers::StartDovecot() {
  const std::string log = directory_ + "/dovecot.out";
  auto pid = Spawn({kDovecot, "-F", "-c", directory_ + "/dovecot.conf"}, log);
  if (!pid.ok()) return pid.status();
  dovecot_ = *pid;
  return WaitUntilUp(dovecot_, {pop3_port_, imap_port_}, log);
}

absl::Status MailServers::StartSubmission() {
  const std::string log = directory_ + "/postfix.out";
  auto pid = Spawn({kMaster, "-c", directory_ + "/postfix", "-d"}, log);
  if (!pid.ok()) return pid.status();
  postfix_ = *pid;
  return WaitUntilUp(postfix_, {smtp_port_}, log);
}

void MailServers::StopSubmission() {
  EndGroup(postfix_);
  // Its children hold the port for a moment longer.
  for (int i = 0; i < 250 && Answers(smtp_port_); ++i) ::poll(nullptr, 0, 20);
}

std::string MailServers::submission() const {
  return fmt::format("smtp://localhost:{}", smtp_port_);
}
std::string MailServers::pop3s() const { return fmt::format("pop3s://localhost:{}", pop3_port_); }
std::string MailServers::imaps() const {
  return fmt::format("imaps://localhost:{}/INBOX", imap_port_);
}
std::string MailServers::ca() const { return directory_ + "/tls/ca.pem"; }

size_t MailServers::Mails(const std::string& name) const {
  return Files(directory_ + "/mail/" + name).size();
}

std::vector<std::string> MailServers::Texts(const std::string& name) const {
  std::vector<std::string> texts;
  for (const fs::path& path : Files(directory_ + "/mail/" + name)) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  }
  return texts;
}

bool MailServers::WaitForMails(const std::string& name, size_t count, absl::Duration most) const {
  const std::string box = directory_ + "/mail/" + name + "/new";
  const int watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  ::inotify_add_watch(watch, box.c_str(), IN_MOVED_TO | IN_CREATE);
  const absl::Time end = absl::Now() + most;
  while (Mails(name) < count && absl::Now() < end) {
    pollfd one{watch, POLLIN, 0};
    ::poll(&one, 1, static_cast<int>(absl::ToInt64Milliseconds(end - absl::Now())));
    char events[4096];
    while (::read(watch, events, sizeof events) > 0) {
    }
  }
  ::close(watch);
  return Mails(name) >= count;
}

}  // namespace ecluse
