// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/arl.h"

#include <absl/status/status.h>
#include <fmt/format.h>

#include "adapters/protocols/mail/entities.h"
#include "adapters/protocols/mail/noemie.h"

namespace ecluse::mail {
namespace {

constexpr size_t kMostReasons = 64;

constexpr EntityField kFile[] = {{"file-id", 6, 6}, {"day", 12, 6}, {"result", 18, 1}};
constexpr EntityField kLot[] = {{"lot-day", 6, 6}, {"lot", 12, 3}, {"result", 15, 1}};
constexpr EntityField kReason[] = {{"code", 6, 10}, {"text", 16, 80}};
constexpr EntityLayout kLayouts[] = {{"L10", 19, kFile}, {"L80", 16, kLot}, {"L90", 96, kReason}};

bool IsResult(std::string_view text) { return text == "P" || text == "N"; }

void AddReason(const Entity& entity, Acknowledgement& ack) {
  auto& reasons = ack.lots.empty() ? ack.reasons : ack.lots.back().reasons;
  if (reasons.size() >= kMostReasons) return;
  reasons.push_back({ToUtf8(entity.Field("code")), ToUtf8(entity.Field("text"))});
}

void AppendReasons(const std::vector<content::Reason>& reasons, std::string& text) {
  for (const content::Reason& reason : reasons) {
    text += fmt::format("L9003{:<10.10}{:<80.80}@", reason.code, reason.text);
  }
}

}  // namespace

absl::StatusOr<Acknowledgement> ReadAcknowledgement(std::string_view bytes) {
  const absl::StatusOr<EntityFile> read = ReadEntities(bytes, kLayouts);
  if (!read.ok()) return read.status();
  Acknowledgement ack;
  ack.sender = std::string(FrameField(read->header, 6, 14));
  ack.receiver = std::string(FrameField(read->header, 28, 14));
  size_t files = 0;
  for (const Entity& entity : read->entities) {
    const std::string_view code = entity.layout->code;
    if (code != "L90" && !IsResult(entity.Field("result"))) {
      return absl::InvalidArgumentError("a result that is neither positive nor negative");
    }
    if (code == "L10") {
      ++files;
      ack.file_id = std::string(entity.Field("file-id"));
      ack.file_day = std::string(entity.Field("day"));
      ack.positive = entity.Field("result") == "P";
    } else if (code == "L80") {
      const std::optional<int64_t> lot = entity.Number("lot");
      if (!lot) return absl::InvalidArgumentError("a lot that is no number");
      ack.lots.push_back({{static_cast<uint32_t>(*lot), std::string(entity.Field("lot-day"))},
                          entity.Field("result") == "P",
                          {}});
    } else {
      AddReason(entity, ack);
    }
  }
  if (files != 1) return absl::InvalidArgumentError("not exactly one file");
  return ack;
}

std::string WriteAcknowledgement(const Acknowledgement& ack) {
  const std::string frame = fmt::format("OC{:0>14.14}ECLUSETP{:0>14.14}{:6}TR{:<6.6}", ack.sender,
                                        ack.receiver, "", ack.file_id);
  std::string text = fmt::format("{:<128}", "000" + frame + ack.file_day);
  text +=
      fmt::format("L1001{:<6.6}{:0>6.6}{}@", ack.file_id, ack.file_day, ack.positive ? 'P' : 'N');
  AppendReasons(ack.reasons, text);
  for (const auto& lot : ack.lots) {
    text += fmt::format("L8002{:0>6.6}{:03}{}@", lot.lot.day, lot.lot.number % 1000,
                        lot.positive ? 'P' : 'N');
    AppendReasons(lot.reasons, text);
  }
  return text + fmt::format("{:<128}", "999" + frame);
}

}  // namespace ecluse::mail
