// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/civil_time.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proto/envelope.h"
#include "proto/problem.h"

// Is a content fit to be deposited? Structure and keys by the norms, and what each operator asks
// for where the norm leaves it to them.
namespace ecluse::content {

// Whether an operator wants a field. Source: the O/C/F flags of the OptoAMC norm, whose values
// are each operator's own.
enum class Presence : uint8_t {
  kOptional = 0,
  kConditional = 1,  // obligatory when `when` holds
  kObligatory = 2,
  kUnwanted = 3,  // the operator must not get it (minimisation); a warning
};

struct Requirement {
  Kind kind = Kind::kAuthorisation;
  std::string path;  // "prescription.date", "lines[].correction"
  Presence presence = Presence::kObligatory;
  std::string when;    // kConditional: "lines[].correction" (is there), "domain=optics"
  std::string source;  // who says so
  bool operator==(const Requirement&) const = default;
};

// What one destination asks for beyond the norms: data of the operator's profile.
struct Rules {
  std::string profile;               // for the problems' source: "almerys profile"
  std::vector<Kind> kinds;           // that it takes; empty: all
  std::vector<std::string> formats;  // media types that it takes; empty: all
  std::vector<Requirement> requirements;
  uint32_t most_lines = 0;  // equipment lines in one request; 0: any number
  // Pairs of glasses, of hearing aids…: 1 at Almerys; 0: any number. What counts as one is our own
  // rule, since nobody published any: README.md.
  uint32_t most_equipments = 0;
  uint64_t most_bytes = 0;         // of a content; 0: the broker's own limit
  bool quotation_creates = false;  // a quotation already creates the authorisation: it is refused
                                   // here, so that nobody creates one unawares
  bool operator==(const Rules&) const = default;
};

// Problems that one content may have; of more, the last says how many are left out.
inline constexpr size_t kMostProblems = 200;

// A path that requirements may name; the profile's reader refuses others. Also what comes before
// the "=" of a `when`.
bool IsPath(Kind kind, std::string_view path);

// All problems of a content at once. `today`: in Paris; its tomorrow may have begun overseas. Lines
// are counted from 0 in paths; those of a quotation are its request's. Contents of foreign media
// types are carried unread; only the rules about kinds, formats and sizes are asked of them.
std::vector<Problem> Check(Kind kind, std::string_view format, std::string_view bytes,
                           const Rules& rules, absl::CivilDay today);

// Whether the problem is that a value is missing which a request that follows its authorisation
// takes along from the grant: number and day. It was deposited before anybody knew them.
bool GrantBrings(const Problem& problem);

}  // namespace ecluse::content
