// SPDX-License-Identifier: Apache-2.0
#include <absl/time/civil_time.h>

#include "proto/codec_pb.h"
#include "proto/shape.h"

// The card that a request is routed by, and the destinations that may stand beside it.
namespace ecluse::codec {
namespace {

std::string GetItem(const std::string& value, bool needed, const At& at, Reading& in) {
  in.Require(!needed || !value.empty(), at, ErrorCode::kCard);
  in.Require(IsText(value, limits::kCardItemBytes), at, ErrorCode::kCard);
  return value;
}

// "2024-02-01" and no other way to write it.
absl::CivilDay GetDay(const std::string& value, const At& at, Reading& in) {
  absl::CivilDay day;
  const bool read = value.size() == 10 && absl::ParseCivilTime(value, &day) &&
                    absl::FormatCivilTime(day) == value;
  in.Require(read, at, ErrorCode::kCard);
  return read ? day : absl::CivilDay();
}

}  // namespace

void Put(const Card& from, pb::Card* to) {
  to->set_amc(from.amc);
  to->set_convention(from.convention);
  to->set_csr(from.csr);
  to->set_domain(from.domain);
  to->set_day(absl::FormatCivilTime(from.day));
}

void Get(const pb::Card& from, const At& at, Reading& in, Card& to) {
  to.amc = GetItem(from.amc(), true, at / "amc", in);
  // A card has every label, but not always something beside it.
  to.convention = GetItem(from.convention(), false, at / "convention", in);
  to.csr = GetItem(from.csr(), false, at / "csr", in);
  to.domain = GetItem(from.domain(), true, at / "domain", in);
  to.day = GetDay(from.day(), at / "day", in);
}

void GetOrByCard(const pb::Destination& from, const At& at, Reading& in, Destination& to) {
  to.run_by.text = GetName(from.run_by(), at / "run_by", in);
  to.service.text = GetName(from.service(), at / "service", in);
}

void Get(const pb::Destination& from, const At& at, Reading& in, Destination& to) {
  GetOrByCard(from, at, in, to);
  in.Require(to.run_by != kByCard, at / "run_by", ErrorCode::kMalformed);
}

}  // namespace ecluse::codec
