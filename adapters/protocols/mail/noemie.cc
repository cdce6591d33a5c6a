// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/noemie.h"

#include <absl/status/status.h>

#include <algorithm>

#include "adapters/protocols/mail/entities.h"

namespace ecluse::mail {
namespace {

constexpr size_t kMostReasons = 64;  // of one invoice

// nullopt: an amount that can't be read, or one that was paid and is not told.
std::optional<Share> ReadShare(const Entity& entity) {
  const std::string_view state = entity.Field("state");
  const std::optional<int64_t> asked = entity.Number("asked");
  const std::optional<int64_t> paid = entity.Number("paid");
  if (!asked || !paid) return std::nullopt;
  Share share{ShareState::kUnprocessed, *asked, *paid};
  if (state == "P") share.state = ShareState::kPaid;
  if (state == "R") share.state = ShareState::kRejected;
  if (state == "D") share.state = ShareState::kDeferred;
  if (share.state == ShareState::kPaid && entity.Field("paid").empty()) return std::nullopt;
  if (entity.Field("sign") == "N") share.paid = -share.paid;
  return share;
}

// An invoice may have its share in several pieces. What is not done yet keeps the whole open; what
// was paid counts more than what was refused.
void Merge(std::optional<Share>& whole, const Share& piece) {
  if (!whole) {
    whole = piece;
    return;
  }
  whole->asked += piece.asked;
  whole->paid += piece.paid;
  const auto has = [&](ShareState s) { return whole->state == s || piece.state == s; };
  for (ShareState s : {ShareState::kUnprocessed, ShareState::kDeferred, ShareState::kPaid}) {
    if (!has(s)) continue;
    whole->state = s;
    return;
  }
}

// What the entities above an invoice say of all those below.
struct Above {
  Lot lot;
  std::string transfer;
  std::optional<absl::CivilDay> paid_on;
  bool readable = true;  // every number so far was one
};

Lot ReadLot(const Entity& entity, Above& above) {
  const std::optional<int64_t> number = entity.Number("lot");
  if (!number) above.readable = false;
  return {static_cast<uint32_t>(number.value_or(0)), std::string(entity.Field("lot-day"))};
}

void AddShare(const Entity& entity, Above& above, std::optional<Share>& whole) {
  const std::optional<Share> piece = ReadShare(entity);
  if (!piece) {
    above.readable = false;
    return;
  }
  Merge(whole, *piece);
}

void AddReason(const Entity& entity, PaymentReturn& file) {
  if (file.invoices.empty()) return;
  auto& reasons = file.invoices.back().reasons;
  if (reasons.size() >= kMostReasons) return;
  reasons.push_back({ToUtf8(entity.Field("code")), ToUtf8(entity.Field("text"))});
}

void Take(const Entity& entity, Above& above, PaymentReturn& file) {
  const std::string_view code = entity.layout->code;
  if (code == "071") {
    above.transfer = ToUtf8(entity.Field("label"));
    above.paid_on = ToDay(entity.Field("date"));
  } else if (code == "080") {
    above.lot = ReadLot(entity, above);
  } else if (code == "100" || code == "102") {
    file.invoices.push_back({std::string(entity.Field("number")),
                             code == "102" ? ReadLot(entity, above) : above.lot,
                             {},
                             {},
                             {},
                             above.transfer,
                             above.paid_on});
  } else if (code == "198" && !file.invoices.empty()) {
    AddShare(entity, above, file.invoices.back().compulsory);
  } else if (code == "199" && !file.invoices.empty()) {
    AddShare(entity, above, file.invoices.back().asked_of);
  } else if (code == "290" || code == "294" || code == "295") {
    AddReason(entity, file);
  }
}

}  // namespace

absl::StatusOr<PaymentReturn> ReadNoemie(std::string_view bytes) {
  const absl::StatusOr<EntityFile> read = ReadEntities(bytes, kNoemieEntities);
  if (!read.ok()) return read.status();
  PaymentReturn file;
  file.sender = std::string(FrameField(read->header, 6, 14));
  file.receiver = std::string(FrameField(read->header, 28, 14));
  file.unknown = read->unknown;
  Above above;
  for (const Entity& entity : read->entities) Take(entity, above, file);
  // To take it for zero would be to tell a payment that was never made.
  if (!above.readable) return absl::InvalidArgumentError("an amount or a lot that is no number");
  return file;
}

std::string ToUtf8(std::string_view latin) {
  std::string text;
  for (const char c : latin) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || (byte >= 0x7f && byte < 0xa0)) {
      text += ' ';
    } else if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0 | (byte >> 6));
      text += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return text;
}

std::optional<absl::CivilDay> ToDay(std::string_view text) {
  if (text.size() != 6 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  const auto two = [&](size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
  const absl::CivilDay day(2000 + two(0), two(2), two(4));
  if (day.month() != two(2) || day.day() != two(4)) return std::nullopt;
  return day;
}

}  // namespace ecluse::mail
