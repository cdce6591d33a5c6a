// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <optional>

#include "proto/content/content.h"
#include "proto/outcome.h"
#include "proto/profile/profile.h"

// What a profile says of dates and amounts, for every operator alike.
namespace ecluse {

// The day in Paris.
content::Day ParisDay(absl::Time at);

// `bill_after_grant`: an invoice that the operator would refuse because the grant is too young.
// The grant's hour is not known, so its day counts to the end, in Paris. `content` may be nullptr:
// native bills are not looked into.
std::optional<Outcome> TooEarly(const profile::Service& service, const content::Content* content,
                                absl::Time now);

// Completes an answer that was understood:
// - documents that the operator waits for get the day until which they are wanted
//   (`documents_days`), if the operator named none: counted from its own date in the answer, else
//   from the day on which we heard it;
// - a grant of another amount than was asked is called so, where `content` is the request;
// - the authorisation number in it is told as the outcome's number, which a bill of the same case
//   takes along.
Outcome Refined(const profile::Service& service, const content::Content* content, Outcome outcome,
                absl::Time now);

}  // namespace ecluse
