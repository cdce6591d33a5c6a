// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/tls_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace ecluse {
namespace {

constexpr size_t kMostHead = 64 << 10;
constexpr size_t kMostBody = 16 << 20;
constexpr int kLookMillis = 20;

int ListenOn(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0 ||
      ::listen(fd, 256) != 0) {
    ::close(fd);
    return -1;
  }
  return fd;
}

int PortOf(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

std::string Small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

}  // namespace

bool TlsPeer::Fill() {
  char bytes[16384];
  while (!ending_) {
    const int got = SSL_read(ssl_, bytes, sizeof(bytes));
    if (got > 0) {
      buffer_.append(bytes, static_cast<size_t>(got));
      return true;
    }
    if (SSL_get_error(ssl_, got) != SSL_ERROR_WANT_READ) return false;
    pollfd look{fd_, POLLIN, 0};
    ::poll(&look, 1, kLookMillis);
  }
  return false;
}

bool TlsPeer::ReadHead(Request& request) {
  size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (buffer_.size() > kMostHead || !Fill()) return false;
  }
  const std::string head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  const size_t space = head.find(' ');
  const size_t second = head.find(' ', space + 1);
  if (space == std::string::npos || second == std::string::npos) return false;
  request = {head.substr(0, space), head.substr(space + 1, second - space - 1), {}};
  for (size_t at = head.find("\r\n") + 2; at < head.size();) {
    const size_t line_end = head.find("\r\n", at);
    const size_t colon = head.find(':', at);
    if (colon != std::string::npos && colon < line_end) {
      const size_t value = std::min(head.find_first_not_of(' ', colon + 1), line_end);
      request.headers[Small(head.substr(at, colon - at))] = head.substr(value, line_end - value);
    }
    at = line_end + 2;
  }
  return true;
}

bool TlsPeer::ReadBody(const Request& request, std::string& body) {
  const auto length = request.headers.find("content-length");
  const size_t bytes =
      length == request.headers.end() ? 0 : std::strtoul(length->second.c_str(), nullptr, 10);
  if (bytes > kMostBody) return false;
  if (request.headers.contains("expect") && !Write("HTTP/1.1 100 Continue\r\n\r\n")) return false;
  while (buffer_.size() < bytes) {
    if (!Fill()) return false;
  }
  body = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return true;
}

bool TlsPeer::Write(const std::string& bytes) {
  size_t done = 0;
  while (done < bytes.size() && !ending_) {
    const int put = SSL_write(ssl_, bytes.data() + done, static_cast<int>(bytes.size() - done));
    if (put > 0) {
      done += static_cast<size_t>(put);
      continue;
    }
    const int error = SSL_get_error(ssl_, put);
    if (error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ) return false;
    pollfd look{fd_, static_cast<short>(error == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN), 0};
    ::poll(&look, 1, kLookMillis);
  }
  return done == bytes.size();
}

bool TlsPeer::Answer(int status, const std::string& headers, const std::string& body) {
  return Write(fmt::format("HTTP/1.1 {} -\r\n{}Content-Length: {}\r\n\r\n{}", status, headers,
                           body.size(), body));
}

void TlsPeer::WaitForEnd() {
  while (Fill()) buffer_.clear();
}

bool TlsPeer::Pause(absl::Duration d) const {
  const absl::Time until = absl::Now() + d;
  while (!ending_ && absl::Now() < until) {
    absl::SleepFor(std::min(until - absl::Now(), absl::Milliseconds(kLookMillis)));
  }
  return !ending_;
}

absl::StatusOr<std::unique_ptr<TlsServer>> TlsServer::Open(const Options& options, Serve serve) {
  // A peer that hangs up while it is written to is an error here, not a signal.
  ::signal(SIGPIPE, SIG_IGN);
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  std::unique_ptr<TlsServer> server(new TlsServer(context, std::move(serve)));
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  if (options.client_certificates) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  if (SSL_CTX_load_verify_locations(context, options.ca.c_str(), nullptr) != 1 ||
      SSL_CTX_use_certificate_chain_file(context, options.certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context, options.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return absl::InvalidArgumentError("can't read the certificates or the key");
  }
  server->port_ = options.port;
  if (!server->Listen(true)) return absl::UnavailableError("can't listen on the port");
  server->acceptor_ = std::thread([s = server.get()] { s->Accept(); });
  return server;
}

TlsServer::~TlsServer() {
  ending_ = true;
  if (acceptor_.joinable()) acceptor_.join();
  while (connections_ > 0) absl::SleepFor(absl::Milliseconds(2));
  if (listener_ >= 0) ::close(listener_);
  SSL_CTX_free(context_);
}

bool TlsServer::Listen(bool open) {
  const std::lock_guard lock(mutex_);
  if (!open && listener_ >= 0) {
    // The acceptor may be polling it, and would keep a socket that is only closed listening.
    ::shutdown(listener_, SHUT_RDWR);
    ::close(listener_);
    listener_ = -1;
  }
  if (open && listener_ < 0) {
    listener_ = ListenOn(port_);
    if (listener_ < 0) return false;
    port_ = PortOf(listener_);
  }
  return true;
}

void TlsServer::Accept() {
  while (!ending_) {
    pollfd look{-1, POLLIN, 0};
    {
      const std::lock_guard lock(mutex_);
      look.fd = listener_;
    }
    ::poll(&look, 1, kLookMillis);
    int fd = -1;
    {
      const std::lock_guard lock(mutex_);
      if (listener_ >= 0) fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    }
    if (fd < 0) continue;
    ++connections_;
    std::thread([this, fd] {
      Connection(fd);
      ::close(fd);
      --connections_;
    }).detach();
  }
}

void TlsServer::Connection(int fd) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  SSL* ssl = SSL_new(context_);
  SSL_set_fd(ssl, fd);
  int done = 0;
  while (!ending_ && (done = SSL_accept(ssl)) != 1) {
    const int error = SSL_get_error(ssl, done);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) break;
    pollfd look{fd, static_cast<short>(error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0};
    ::poll(&look, 1, kLookMillis);
  }
  if (done == 1) {
    ++handshakes_;
    TlsPeer peer(ssl, fd, ending_);
    serve_(peer);
    SSL_shutdown(ssl);
  }
  ERR_clear_error();
  SSL_free(ssl);
}

}  // namespace ecluse
