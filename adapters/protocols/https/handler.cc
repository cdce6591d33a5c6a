// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/https/handler.h"

#include <absl/time/clock.h>
#include <fmt/format.h>

namespace ecluse::https {

std::string SubmissionKey(const Envelope& envelope) {
  return fmt::format("{}-{}", envelope.practice.text, envelope.id.value);
}

std::optional<Outcome> HttpsHandler::Deliver(const Envelope& envelope, uint32_t attempt,
                                             std::string_view content) {
  const std::string key = SubmissionKey(envelope);
  const Exchange exchange = Post(
      site_, "/requests", envelope.format,
      {"Idempotency-Key: " + key, fmt::format("X-Ecluse-Request: {}", envelope.id.value),
       fmt::format("X-Ecluse-Attempt: {}", attempt), "X-Ecluse-Practice: " + envelope.practice.text,
       "X-Ecluse-Service: " + envelope.destination.service.text,
       "X-Ecluse-Finess: " + envelope.finess},
      content);
  return OutcomeOfPost(exchange, promises_, absl::Now());
}

std::optional<Outcome> HttpsHandler::Probe(const Envelope& envelope) {
  const std::string key = SubmissionKey(envelope);
  return OutcomeOfGet(Get(site_, "/requests/" + key), promises_, key, absl::Now());
}

}  // namespace ecluse::https
