// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

#include "proto/content/content.h"
#include "proto/envelope.h"

// Typed contents as bytes: the messages of content.proto. What was encoded decodes to the same.
// Fields that this version does not know are ignored and lost.
namespace ecluse::content {

std::string Encode(const Content& content);
// The status names the field and the rule, never a value: "lines[2].code: content.length".
absl::StatusOr<Content> Decode(std::string_view bytes);

// An operator's words always decode again: what is not UTF-8 is taken for ISO-8859-1, control
// characters become spaces, and what goes beyond limits.h is cut. `native` has them whole. Only the
// sizes of letters and of `native` are the caller's to watch: limits::kAnswerBytes in all.
std::string EncodeAnswer(const Answer& answer);
absl::StatusOr<Answer> DecodeAnswer(std::string_view bytes);

// The kind of request that a content is.
Kind KindOf(const Content& content);

}  // namespace ecluse::content
