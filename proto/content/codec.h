// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

#include "proto/content/content.h"
#include "proto/envelope.h"

// Typed contents as bytes: the messages of content.proto. What was encoded decodes to the same.
namespace ecluse::content {

std::string Encode(const Content& content);
// The status names the field and the rule, never a value.
absl::StatusOr<Content> Decode(std::string_view bytes);

std::string EncodeAnswer(const Answer& answer);
absl::StatusOr<Answer> DecodeAnswer(std::string_view bytes);

// The kind of request that a content is.
Kind KindOf(const Content& content);

}  // namespace ecluse::content
