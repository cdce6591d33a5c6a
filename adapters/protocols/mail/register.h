// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/handler.h"
#include "adapters/protocols/mail/lot.h"
#include "adapters/protocols/mail/returns.h"
#include "adapters/protocols/mail/seal.h"

namespace ecluse::mail {

class Database;

// What became of the sending. It says nothing about acknowledgement, answer or payment: those are
// facts of their own.
enum class Phase : uint8_t {
  kRegistered = 1,  // not tried yet, or surely not sent by every try so far
  kUnsure = 2,      // a try began, and no end of it is known
  kSent = 3,        // the mail server took it, or a return proves it
};

enum class Ack : uint8_t { kNone = 0, kPositive = 1, kNegative = 2, kMixed = 3 };

struct Submission {
  RequestId request;
  std::string practice;
  std::string message_id;
  std::string mail;  // as sent, to the byte; empty once it is acknowledged or answered
  Phase phase = Phase::kRegistered;
  uint32_t tries = 0;
  absl::Time registered_at;
  absl::Time last_try_at;  // InfinitePast: never tried
  Ack ack = Ack::kNone;
  bool settled = false;  // answered for good, or refused by its acknowledgement
};

struct Counts {
  std::vector<absl::Time> unacknowledged;  // when each was registered that has no acknowledgement
  uint64_t unanswered = 0;
  uint64_t quarantined = 0;  // returns that a person has to look at
};

// A mail that a person has to look at: it can't be read, says of something that is not here, or
// contradicts what is settled.
struct Quarantined {
  std::string digest;
  std::string mail;
};

// The driver's own durable memory, one SQLite file. Each call that changes something is on disk on
// return; after an error nothing changed. It holds numbers and amounts in clear; what operators
// wrote is sealed, the mails are encrypted to the recipient. May be called from several threads.
class Register {
 public:
  static absl::StatusOr<std::unique_ptr<Register>> Open(const std::string& path, Seal seal,
                                                        absl::Time now);
  ~Register();

  // When the file was created: it knows every submission since then.
  absl::Time since() const { return since_; }

  absl::StatusOr<std::optional<Submission>> Find(RequestId request);
  // The next counters of a sender; each is given once until it wraps.
  absl::StatusOr<Numbers> NextNumbers(const std::string& sender, absl::CivilDay day);
  // The submission, with what returns can name of it. `bill` may replace what surely never left.
  absl::Status Put(const Submission& submission, const Bill& bill);
  // A try begins: from here on it is unsure until Ended says otherwise. The phase before: what one
  // try surely did not do, an earlier one may have done.
  absl::StatusOr<Phase> Began(RequestId request, absl::Time now);
  absl::Status Ended(RequestId request, Phase phase);
  // The try that began surely left nothing anywhere: it counts for nothing, and all is as `before`,
  // which was found before it began. What a return has proven meanwhile stays.
  absl::Status NothingLeft(const Submission& before);

  struct Imported {
    bool repeated = false;   // the same return was imported before
    size_t unmatched = 0;    // what it says of files or invoices that are not here, or not uniquely
    size_t contradicts = 0;  // what it says against a fact that is settled: nothing was changed
  };
  // Takes over the facts of a return and what is to be told of them. The same return twice changes
  // nothing, nor does the same fact in another return. A `mail` whose return is unmatched or
  // contradicts is quarantined besides.
  absl::StatusOr<Imported> Import(const Return& back, std::string_view mail, absl::Time now);
  // Keeps a mail for a person to look at; the same one once.
  absl::Status Quarantine(std::string_view mail, const std::string& reason, absl::Time now);
  // One at a time, in the order of their digests: strangers may have sent more than memory holds.
  // `after`: the digest of the one before; empty: the first. nullopt: there are no more.
  absl::StatusOr<std::optional<Quarantined>> NextInQuarantine(const std::string& reason,
                                                              const std::string& after);
  absl::Status Release(std::string_view mail);

  // What was not yet noted by the broker, oldest first.
  absl::StatusOr<std::vector<Handler::News>> Waiting(size_t most);
  absl::Status Noted(uint64_t token);
  // Whether a return was imported and all its news are noted.
  absl::StatusOr<bool> Done(const std::string& digest);
  // The last word that a return had for a request.
  absl::StatusOr<std::optional<Outcome>> LastWord(RequestId request);

  absl::StatusOr<Counts> Count();
  // Drops what was settled, noted and old.
  absl::Status Forget(absl::Time before);

 private:
  Register(std::unique_ptr<Database> database, Seal seal);
  absl::Status Prepare(absl::Time now);
  void Keep(std::string_view mail, const std::string& reason, absl::Time now);

  std::mutex mutex_;
  std::unique_ptr<Database> database_;
  Seal seal_;
  absl::Time since_;
};

}  // namespace ecluse::mail
