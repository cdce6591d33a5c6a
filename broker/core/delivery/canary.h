// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "broker/core/books.h"

namespace ecluse {

// Which request goes first where one goes alone: of the lanes' heads, from the next in turn on, the
// one that costs least if the operator takes it and loses it. An authorisation before a document,
// that before a bill; one that was never tried; one that no other of its case waits for; the
// smallest.
std::optional<Queue::Next> ChooseCanary(Books& books, const Destination& destination,
                                        const std::function<bool(const PracticeId&)>& stopped);

}  // namespace ecluse
