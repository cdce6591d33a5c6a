// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "proto/content/check.h"
#include "proto/names.h"
#include "proto/outcome.h"
#include "proto/sections.h"

// An operator as data: the file profile.toml of its folder in adapters/operators. Broker and
// adapter read the same file: the broker takes the services, their rules and delays, the adapter
// the protocols, endpoints and status words. README.md there explains every setting.
namespace ecluse::profile {

// What an operator's own word means, written in the file as "granted-pending-documents". Drivers
// turn it into an outcome by StatusMap; what a meaning does to the request is decided in one table,
// status.h.
enum class Meaning : uint8_t {
  kReceived = 1,
  kPending = 2,
  kGranted = 3,
  kGrantedPendingDocuments = 4,
  kGrantedOtherAmount = 5,
  kGrantedUnusable = 6,  // "accordé" beside "unknown insured": transmitted, not to be relied on
  kRefused = 7,
  kTechnicalRefusal = 8,  // not a decision
  kExpired = 9,
  kCancelled = 10,
  kBilled = 11,
  kNoRights = 12,
  kUnavailable = 13,  // not sent; at some operators also the word for a wrong login
};

// The operator's words, lower case and without accents or spaces at the ends, and what they mean.
// A word that is not in it means nothing: cannot tell.
using StatusMap = std::map<std::string, Meaning>;
// As StatusMap's keys are written.
std::string Fold(std::string_view word);

enum class Protocol : uint8_t {
  kPortal = 1,    // adapters/protocols/portal: our neutral JSON contract
  kExchange = 2,  // adapters/protocols/exchange: authorisation exchange, XML
  kMail = 3,      // adapters/protocols/mail: B2 over mail
};

// One service of the operator: a destination, with its own queue and gate.
struct Service {
  ServiceId name;
  Protocol protocol = Protocol::kPortal;
  std::string failure_domain;  // services of one domain fall together; may cross operators
  content::Rules rules;
  StatusMap words;
  // Documents that the operator asks for are to follow within so many days; 0: unknown.
  uint32_t documents_days = 0;
  // A bill is refused so soon after the grant.
  absl::Duration bill_after_grant;
  // "Unavailable" right after a login that was never proven may mean a wrong login.
  bool unavailable_may_be_login = false;
  // Every exchange needs the practice's own login there, out of the vault.
  bool needs_login = true;
  // Sections that others read: [[policy]] is the broker's (its delays and limits), [[driver]] the
  // driver's (timeouts, what the operator promises). Without the setting that names the service;
  // empty where the profile has none.
  Section policy;
  Section driver;
};

struct Profile {
  std::string path;  // of the file
  OperatorId name;
  std::string label;   // "Carte Blanche Partenaires"
  std::string quirks;  // which code of adapters/operators goes with it; empty: none
  std::vector<Service> services;

  const Service* Find(const ServiceId& service) const;
};

// Any mistake refuses the whole file; the status names file, line, setting and rule. The settings
// inside [[policy]] and [[driver]] are judged by those who read them.
absl::StatusOr<Profile> ReadProfile(const std::string& path);
absl::StatusOr<Profile> ParseProfile(const std::string& text, const std::string& path);

}  // namespace ecluse::profile
