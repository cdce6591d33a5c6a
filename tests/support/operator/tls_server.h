// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

struct ssl_st;
struct ssl_ctx_st;

namespace ecluse {

// One connection to a TlsServer, after the handshake. Everything is written as told, so that a
// test can misbehave byte by byte.
class TlsPeer {
 public:
  TlsPeer(ssl_st* ssl, int fd, const std::atomic<bool>& ending)
      : ssl_(ssl), fd_(fd), ending_(ending) {}

  struct Request {
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers;  // names in small letters
  };
  // The head of the next request; false when the peer is gone.
  bool ReadHead(Request& request);
  // The body that Content-Length tells, after saying "100 Continue" to who asked for it.
  bool ReadBody(const Request& request, std::string& body);
  bool Write(const std::string& bytes);
  // A whole answer; `headers` end with "\r\n" each.
  bool Answer(int status, const std::string& headers, const std::string& body);
  // Returns when the peer is gone or the server ends.
  void WaitForEnd();
  // False when the server ends meanwhile.
  bool Pause(absl::Duration d) const;

 private:
  bool Fill();

  ssl_st* const ssl_;
  const int fd_;
  const std::atomic<bool>& ending_;
  std::string buffer_;
};

// An HTTPS server on a loopback port; one thread a connection.
class TlsServer {
 public:
  struct Options {
    int port = 0;  // 0: any
    std::string ca;
    std::string certificate;
    std::string key;
    bool client_certificates = true;  // who has none, signed by `ca`, is not let in
  };
  using Serve = std::function<void(TlsPeer&)>;

  static absl::StatusOr<std::unique_ptr<TlsServer>> Open(const Options& options, Serve serve);
  // Ends every connection.
  ~TlsServer();

  int port() const { return port_; }
  // Whether connections are accepted at all; when not, they are refused. False: the port is taken.
  bool Listen(bool open);
  int handshakes() const { return handshakes_; }

 private:
  TlsServer(ssl_ctx_st* context, Serve serve) : context_(context), serve_(std::move(serve)) {}
  void Accept();
  void Connection(int fd);

  ssl_ctx_st* const context_;
  const Serve serve_;
  int port_ = 0;
  int listener_ = -1;
  std::mutex mutex_;  // guards listener_
  std::atomic<bool> ending_ = false;
  std::atomic<int> connections_ = 0;
  std::atomic<int> handshakes_ = 0;
  std::thread acceptor_;
};

}  // namespace ecluse
