// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "adapters/protocols/exchange/codec.h"

namespace ecluse::exchange {

inline constexpr char kKey[] = "shop-7";

// Contents of nobody: every field is filled in, some with what XML has to escape.
content::Authorisation AnAuthorisation();
content::Invoice ABill();
content::Answer AnAnswer(const std::string& status);
content::Answer OnlyStatus(const std::string& status);

// Every message that goes to an operator, and every one that comes back; each full and bare.
std::vector<Call> EveryCall();
std::vector<Reply> EveryReply();

std::string Encoded(const Call& call);
std::string Encoded(const Reply& reply);

}  // namespace ecluse::exchange
