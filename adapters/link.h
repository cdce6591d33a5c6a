// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "proto/errors.h"
#include "proto/wire.h"

namespace ecluse {

// Where the broker is, and the keys to speak to it with. Keys are CURVE keys in Z85, 40 characters.
struct LinkOptions {
  std::string endpoint;    // "tcp://127.0.0.1:5570"
  std::string broker_key;  // the broker's public key
  std::string public_key;
  std::string secret_key;
  // A call that got no answer for this long is said again; then twice as long, up to the most.
  absl::Duration patience = absl::Seconds(3);
  absl::Duration patience_most = absl::Seconds(30);
  // After so many rounds of saying again without hearing a word, the socket is thrown away.
  int silences = 3;
};

// One connection to the broker. It says each call until it is answered: again after a patience,
// again when the connection was lost and is back, again over a fresh socket after long silence.
// That is safe because every call of the protocol may be repeated.
//
// A link belongs to one thread. Only Wake() may be called from others.
class Link {
 public:
  using Ticket = uint64_t;
  struct Arrival {
    Ticket ticket = 0;
    // The broker's reply, which may be wire's Error; or kDeadlineExceeded, when nobody knows
    // whether the broker heard the call.
    absl::StatusOr<wire::ReplyBody> reply;
  };

  // An error means that the endpoint or a key is not well-formed. A broker that is away is no
  // error: the link waits for it.
  static absl::StatusOr<std::unique_ptr<Link>> Open(LinkOptions options);
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  // Begins a call and returns at once. Its answer comes out of Next(). `held` is how long the
  // broker may by agreement keep the call before it answers (a Pull's wait).
  Ticket Start(wire::CallBody body, absl::Duration within,
               absl::Duration held = absl::ZeroDuration());
  // The call is not said again and its answer is thrown away.
  void Forget(Ticket ticket);
  // The next call that ended, in no order. nullopt after `within`, or after a Wake().
  std::optional<Arrival> Next(absl::Duration within);
  // How often the connection was made or came back. Another number: the broker may be another
  // process, which has forgotten what it keeps in memory only.
  uint64_t Connections() const;
  // Calls that have not ended.
  size_t InFlight() const;

  // Start and wait. REQUIRES: no other call is in flight.
  absl::StatusOr<wire::ReplyBody> Ask(wire::CallBody body, absl::Duration within);

  // Makes Next() return now, or the next time. From any thread, also from a signal handler.
  void Wake();

 private:
  struct Parts;
  explicit Link(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// A refusal by the broker as a status, for callers who prefer one; CodeOf() gives the code back.
// The message names every rule that the content breaks and where, never a value.
// kNone: the status does not come from the broker.
absl::Status ToStatus(const Error& error);
ErrorCode CodeOf(const absl::Status& status);

}  // namespace ecluse
