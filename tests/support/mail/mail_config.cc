// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/mail/mail_servers.h"

// What the two servers read. Every path is in the directory of this run.
namespace ecluse {
namespace {

constexpr char kMain[] = R"(compatibility_level = 3.6
queue_directory = {0}/spool
data_directory = {0}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = {0}
maillog_file = {0}/postfix.log
myhostname = localhost
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = ecluse.test
virtual_mailbox_base = {0}/mail
virtual_mailbox_maps = texthash:{0}/postfix/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{2}
virtual_gid_maps = static:{3}
virtual_mailbox_limit = 0
message_size_limit = 31457280
smtpd_tls_cert_file = {0}/tls/server.pem
smtpd_tls_key_file = {0}/tls/server.key
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {0}/run/auth-submission
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_delay_reject = yes
smtpd_error_sleep_time = 0s
smtpd_client_connection_count_limit = 0
)";

constexpr char kServices[] = R"(127.0.0.1:{1} inet n - n - - smtpd
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
virtual   unix - n n - - virtual
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
)";

constexpr char kDovecotConf[] = R"(protocols = imap pop3
instance_name = ecluse-test
base_dir = {0}/run
state_dir = {0}/state
log_path = {0}/dovecot.log
listen = 127.0.0.1
ssl = required
ssl_cert = <{0}/tls/server.pem
ssl_key = <{0}/tls/server.key
mail_location = maildir:{0}/mail/%n
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {0}/users
}}
userdb {{
  driver = static
  args = uid={3} gid={4} home={0}/mail/%n
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {1}
    ssl = yes
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    port = 0
  }}
  inet_listener pop3s {{
    port = {2}
    ssl = yes
  }}
}}
service auth {{
  unix_listener auth-submission {{
    mode = 0666
  }}
}}
)";

void Write(const std::string& path, const std::string& text, mode_t mode = 0644) {
  std::ofstream(path, std::ios::binary) << text;
  ::chmod(path.c_str(), mode);
}

// Creates it for `user` and `group`; empty: root's.
void Folder(const std::string& path, const char* user, const char* group, mode_t mode) {
  std::filesystem::create_directory(path);
  const passwd* owner = ::getpwnam(user);
  const struct group* shared = ::getgrnam(group);
  if (owner != nullptr && shared != nullptr &&
      ::chown(path.c_str(), owner->pw_uid, shared->gr_gid) != 0) {
    return;
  }
  ::chmod(path.c_str(), mode);
}

}  // namespace

absl::Status MailServers::PreparePostfix(const std::vector<Account>& accounts) {
  const passwd* owner = ::getpwnam("mail");
  if (owner == nullptr) return absl::UnavailableError("there is no user \"mail\"");
  const uid_t uid = owner->pw_uid;
  const gid_t gid = owner->pw_gid;
  const std::string& d = directory_;
  Folder(d + "/postfix", "root", "root", 0755);
  Folder(d + "/data", "postfix", "postfix", 0700);
  Folder(d + "/spool", "root", "root", 0755);
  Folder(d + "/spool/pid", "root", "root", 0755);
  for (const char* name : {"active", "bounce", "corrupt", "defer", "deferred", "flush", "hold",
                           "incoming", "private", "saved", "trace"}) {
    Folder(d + "/spool/" + name, "postfix", "root", 0700);
  }
  Folder(d + "/spool/maildrop", "postfix", "postdrop", 0730);
  Folder(d + "/spool/public", "postfix", "postdrop", 0710);
  Write(d + "/postfix/main.cf", fmt::format(kMain, d, smtp_port_, uid, gid));
  Write(d + "/postfix/master.cf", fmt::format(kServices, d, smtp_port_));
  std::string boxes;
  for (const Account& account : accounts) {
    boxes += fmt::format("{0} {1}/\n", Address(account.name), account.name);
    for (const char* part : {"", "/new", "/cur", "/tmp"}) {
      Folder(d + "/mail/" + account.name + part, "mail", "mail", 0700);
    }
  }
  Write(d + "/postfix/boxes", boxes);
  return absl::OkStatus();
}

absl::Status MailServers::PrepareDovecot(const std::vector<Account>& accounts) {
  const passwd* owner = ::getpwnam("mail");
  if (owner == nullptr) return absl::UnavailableError("there is no user \"mail\"");
  std::string users;
  for (const Account& account : accounts) {
    users += fmt::format("{}:{{PLAIN}}{}\n", Address(account.name), account.secret);
  }
  const std::string& d = directory_;
  Write(d + "/users", users, 0644);
  Write(d + "/dovecot.conf",
        fmt::format(kDovecotConf, d, imap_port_, pop3_port_, owner->pw_uid, owner->pw_gid));
  return absl::OkStatus();
}

}  // namespace ecluse
