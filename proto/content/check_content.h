// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "proto/content/check.h"
#include "proto/content/content.h"
#include "proto/content/findings.h"

// Private to Check(): the parts of its work.
namespace ecluse::content {

// What the norms and we demand of a typed content, whoever the operator is.
void CheckContent(const Content& content, Day today, Findings& out);

// What the operator's profile demands beyond.
void CheckRequirements(const Content& content, const Rules& rules, Findings& out);

// How many equipments a request asks for. Ours, since nobody published what counts as one: what one
// person wears at once is one. So lines of the left and of the right side make pairs, and a piece
// without a side stands alone:
//   optics: as many as there are frames (lines without a side, times their quantity), or as there
//     are lenses (lines with a correction) for one eye, whichever is more. Supplements have a side
//     and no correction, so that they do not count;
//   elsewhere: as many as there are lines for one side. Lines without a side are accessories; of
//     them alone there is one equipment.
size_t CountEquipments(std::string_view domain, const std::vector<Line>& lines);

void CheckB2(std::string_view bytes, Findings& out);

}  // namespace ecluse::content
