// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/clock.h>
#include <absl/time/time.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/content/content.h"
#include "proto/envelope.h"
#include "proto/profile/profile.h"
#include "tests/support/operator/accounts.h"
#include "tests/support/operator/hours.h"
#include "tests/support/operator/ledger.h"
#include "tests/support/operator/load.h"

// The simulated operator's business. It knows no protocol: the surfaces (portal, exchange) read
// requests, ask the desk, and write down what it says. Everything here is simulated behaviour;
// where the field's facts say nothing, it is a setting.
namespace ecluse::simulated {

// In a hundred requests for an authorisation; what is left is granted as asked. The same seed and
// key always get the same decision.
struct Shares {
  uint32_t refused = 12;
  uint32_t other_amount = 0;  // granted, four fifths of what was asked; maybe with the plain word
  uint32_t pending_documents = 0;  // granted, once the prescription has arrived
  uint32_t unusable = 0;           // granted in words, with "no rights" as a reason beside it
  uint32_t pending = 0;            // decided after `decide_after`, then granted
  uint32_t technical = 0;          // technical refusal at the first visit: nothing is kept
  uint32_t unavailable = 0;        // "unavailable" at the first visit: nothing is kept
};

struct ServiceOptions {
  std::string name;  // "authorisation"
  // As in the profile. The operator says the first word of a meaning; where the map has none, the
  // nearest that it has, or a word of the field's. Decisions without a word are not made.
  profile::StatusMap words;
  bool needs_login = false;
  absl::Duration bill_after_grant;  // a bill is refused so soon after the grant
  bool bills_need_grant = false;    // a bill without a grant is refused
  bool number_at_once = false;      // the number is allotted with the request, before any decision
  bool quotation_creates = false;   // a quotation is kept like a request, and gets a number
  uint32_t documents_days = 0;      // documents are wanted within so many days; 0: no date is told
  absl::Duration valid_for;         // of a grant; zero: for ever
};

struct DeskOptions {
  std::vector<ServiceOptions> services;
  std::vector<Account> accounts;
  std::string ledger;  // path of the file
  uint64_t seed = 1;
  Shares shares;
  absl::Duration decide_after = absl::Seconds(3);
  // Takes a key, or a content of the same practice, only once. Without it a second submission is
  // a second acceptance, in the ledger too: that is how a duplicate shows.
  bool deduplicate = false;
  bool deduplicate_content = false;
  uint32_t wrong_logins = 5;  // so many lock an account
  std::function<absl::Time()> now = [] { return absl::Now(); };
  // Something is in the ledger, and nobody was told yet. On the thread that took it.
  std::function<void()> taken = [] {};
};

// What a caller wants to do; each opens on its own.
enum class Function : uint8_t { kLogin, kRead, kAuthorise, kBill };
Function FunctionOf(Kind kind);

// "authorisation", "bill", "document", "cancellation", "quotation".
std::string_view KindWord(Kind kind);
std::optional<Kind> KindOfWord(std::string_view word);

// One request as it arrived, whatever message it was in.
struct Submission {
  std::string key;  // the sender's own: "<practice>-<request number>"
  uint32_t attempt = 0;
  std::string practice;
  std::string service;
  Kind kind = Kind::kAuthorisation;
  std::string content = {};  // byte for byte; only its size and digest are kept
  // What it belongs to: the authorisation's number, or the key that it was submitted under.
  std::string about = {};
  content::Money asked = {};
  content::DocumentKind document = content::DocumentKind::kOther;  // kOther: lifts any wish
};

// Fills in what a typed content says: kind, about, asked, document.
void Describe(const content::Content& content, Submission& submission);

// As the profile says; what it does not say is left as it is above.
ServiceOptions OptionsFrom(const profile::Service& service);

// What the operator says to a submission or to a question about one.
struct Verdict {
  enum class Said : uint8_t {
    kAnswer,       // `answer`, with its status word; accepted and in the ledger
    kNeverHad,     // nothing of that key is here
    kDuplicate,    // taken before; nothing changed. `answer` is what is known of the first
    kTechnical,    // a technical refusal, not a decision; nothing was kept
    kUnavailable,  // the word "unavailable"; nothing was kept
  };
  Said said = Said::kAnswer;
  profile::Meaning meaning = profile::Meaning::kReceived;
  content::Answer answer;    // native is empty: the surface's own bytes are the native ones
  content::Money asked;      // as the operator read it; zero: not known
  std::string known_as;      // kDuplicate: the key of the first
  absl::Duration ask_after;  // while pending: how long still
};

// How the door of a service stands.
struct Door {
  enum class How : uint8_t { kOpen, kRefuse, kBusy, kPage };
  How how = How::kOpen;
  absl::Duration busy_for;  // kBusy: what Retry-After tells
};

// May be called from several threads. INVARIANT: what was answered as accepted is in the ledger.
class Desk {
 public:
  static absl::StatusOr<std::unique_ptr<Desk>> Open(DeskOptions options);

  bool Has(const std::string& service) const;
  // Asked before anything else, at best before the body is read. An unknown service, or "": how
  // the operator as a whole stands.
  Door DoorOf(const std::string& service) const;
  // Counted while it lives: one request that the service is asked. Begun before the door is looked
  // at, so that those who find it closed are counted as well.
  class Visit {
   public:
    Visit(Desk& desk, const std::string& service, bool submits = true);
    ~Visit();
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

   private:
    Desk& desk_;
    const std::string service_;
    const bool submits_;  // brings something, and doesn't only ask
  };
  // May this login do that now? Counts wrong logins. `practice` is empty where the service needs
  // no login. A service that needs none lets everybody in as far as it is open.
  struct Entry {
    LoginTrouble trouble = LoginTrouble::kNone;
    std::string practice;          // of the account
    bool function_closed = false;  // logged in, but that function is not open again yet
    absl::Duration retry_after;    // of kNotOpen and of function_closed; zero: not told
  };
  Entry Enter(const std::string& service, Function function, const std::string& login,
              const std::string& secret);

  // Takes it in or not, and decides. `decide_in`: a decision that would come at once comes then.
  Verdict Receive(const Submission& submission, absl::Duration decide_in = {});
  // By the sender's key or by the authorisation's number. `practice`: whose login asks; others'
  // requests are none of its business. Empty: nobody's in particular.
  Verdict Look(const std::string& service, const std::string& reference,
               const std::string& practice = "") const;

  // The word that the operator says for a meaning.
  std::string Word(const std::string& service, profile::Meaning meaning) const;

  // One line in, one line out that begins with "ok" or "error"; nullopt: not a line of the desk's.
  //   open [SERVICE]                                  without a service: all, again as at the start
  //   close [SERVICE] refuse | busy SECONDS | page    without a service: the operator as a whole;
  //                                                   SECONDS also as 3d or 12h
  //   hours SERVICE 08:00-20:00                       outside of them it is busy until they begin
  //   stage SERVICE login|read|authorisation|bill     what of it is open, each with those before
  //   record SERVICE yes|technical|unavailable        lets in and looks things up, but records
  //                                                   nothing, and says that word to every try
  //   refuse SERVICE SECONDS                          so long everything is refused, as a decision
  //   overload SERVICE LIST | none                    what it bears, as Load::Set reads it
  //   load SERVICE [reset]                            "ok …" as Load::Told says it
  //   secrets SECONDS                                 so long from now, secrets that are older than
  //                                                   now are refused until they are changed
  //   account PRACTICE open|closed|locked|change      change: the password must be changed
  //   account PRACTICE hours 08:00-20:00
  //   account PRACTICE secret NEW                     the practice changes it there
  //   logins PRACTICE                                 "ok wrong=N": the wrong ones so far
  //   letter BYTES                                    of each answer's letter; 0: as long as usual
  //   shares LIST                                     as ParseShares reads it
  std::optional<std::string> Command(const std::string& line);

  // Of this run and those before.
  struct Count {
    uint64_t accepted = 0;
    uint64_t keys = 0;
  };
  Count Accepted() const;

 private:
  struct Case {
    Submission submission;  // without the content
    absl::Time at;
    absl::Time decided_at;
    profile::Meaning decided = profile::Meaning::kReceived;
    std::optional<profile::Meaning> later;  // billed, cancelled
    std::string lot;                        // eight digits, of this case alone
    std::string reason;
    bool documents = false;  // what was wanted has arrived
    uint32_t accepted = 0;
  };
  struct Opening {
    Door door;
    Function stage = Function::kBill;
    std::optional<Hours> hours;
    std::optional<Verdict::Said> records_not;  // what it says instead of recording
    absl::Time refuses_until = absl::InfinitePast();
  };

  explicit Desk(DeskOptions options);
  const ServiceOptions& OptionsOf(const std::string& service) const;
  // Whether the operator can say it so that who reads the profile understands.
  bool CanSay(const std::string& service, profile::Meaning meaning) const;
  const Case* Find(const std::string& reference) const;
  std::optional<Verdict> NotRecorded(const Submission& submission) const;
  std::string AboutNow(const Submission& submission, absl::Time now) const;
  std::optional<Verdict> TakeNothing(const Submission& submission, const std::string& digest);
  const Case& Keep(const Submission& submission, const std::string& digest, absl::Time at,
                   absl::Duration decide_in);
  void Decide(Case& c, const ServiceOptions& service, absl::Duration decide_in);
  void DecideByLot(Case& c, const ServiceOptions& service);
  void DecideAbout(Case& c, Case* about, const ServiceOptions& service);
  profile::Meaning MeaningNow(const Case& c, absl::Time now) const;
  Verdict Say(const Case& c, Verdict::Said said) const;
  bool SetDoor(Opening& opening, const std::string& how);
  bool SetStage(Opening& opening, const std::string& how);
  bool SetRecord(Opening& opening, const std::string& how);
  std::optional<std::string> CommandOpening(const std::string& verb, const std::string& name,
                                            const std::string& rest);
  std::string CommandLoad(const std::string& verb, const std::string& service,
                          const std::string& how);
  std::string CommandService(const std::string& verb, const std::string& service,
                             const std::string& how);

  const DeskOptions options_;
  std::unique_ptr<Ledger> ledger_;
  mutable std::mutex mutex_;  // guards what follows, and the order of the ledger
  Shares shares_;
  size_t letter_bytes_ = 0;
  AccountBook accounts_;
  std::map<std::string, Opening> openings_;
  std::map<std::string, Load> loads_;            // by service
  std::map<std::string, Case> cases_;            // by key
  std::map<std::string, std::string> lots_;      // the key behind each
  std::map<std::string, uint32_t> visits_;       // by key
  std::map<std::string, std::string> contents_;  // practice and digest: the first key
  uint64_t accepted_ = 0;
};

// "refused=10,pending=20": the names of Shares with dashes.
absl::StatusOr<Shares> ParseShares(std::string_view text);

}  // namespace ecluse::simulated
