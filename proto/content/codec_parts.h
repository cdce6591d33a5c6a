// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "proto/content/content.h"
#include "proto/content/reading.h"

// Private to the codec's files. `Put` fills a message from a plain value, `Get` a plain value from
// a message.
namespace google::protobuf {
class MessageLite;
}

namespace ecluse::content {

namespace v1 {
class Authorisation;
class Invoice;
}  // namespace v1

// False where the bytes are no such message.
bool Parse(std::string_view bytes, google::protobuf::MessageLite& to);

uint32_t DayNumber(const Day& day);
inline uint32_t DayNumber(const std::optional<Day>& day) { return day ? DayNumber(*day) : 0; }

void Put(const Authorisation& from, v1::Authorisation* to);
void Get(const v1::Authorisation& from, const At& at, Reading& in, Authorisation& to);
void Put(const Invoice& from, v1::Invoice* to);
void Get(const v1::Invoice& from, const At& at, Reading& in, Invoice& to);

}  // namespace ecluse::content
