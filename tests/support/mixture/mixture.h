// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "proto/content/content.h"
#include "proto/envelope.h"
#include "proto/outcome.h"

// What lies in a store after a usual day, in usual shares: what disk, memory and compression are
// measured with. All of it is synthetic; the same seed gives the same bytes.
namespace ecluse::mixture {

struct Request {
  size_t practice = 0;  // of patients::MakePractice
  std::string finess;
  Destination destination;
  std::string reference;
  Kind kind = Kind::kAuthorisation;
  std::string format;
  std::string content;
};

// About half typed authorisations and quotations, a fifth authorisations as the message that
// certified software built, a sixth typed bills, a sixth B2 files. No scans: they do not shrink.
std::vector<Request> Requests(uint64_t seed, int count);

struct Answer {
  Decision decision = Decision::kOther;
  std::string format;
  std::string body;
};

// What an operator says to it, with the operator's own message inside, as an inbox entry has it.
Answer AnswerTo(const Request& request, uint64_t number);

}  // namespace ecluse::mixture
