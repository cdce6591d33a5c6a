// SPDX-License-Identifier: Apache-2.0
// What only the practice can say of its requests: that it still wants them, that they are to go all
// the same, that it sent them by other means.
#include "broker/core/practice_desk.h"

namespace ecluse {

wire::ReplyBody PracticeDesk::Hear(const identity::Practice&, const wire::Confirm&, const Turn&) {
  return wire::SaidResult{};
}

wire::ReplyBody PracticeDesk::Hear(const identity::Practice&, const wire::Decide&, const Turn&) {
  return wire::SaidResult{};
}

wire::ReplyBody PracticeDesk::Hear(const identity::Practice&, const wire::SentElsewhere&,
                                   const Turn&) {
  return wire::SaidResult{};
}

}  // namespace ecluse
