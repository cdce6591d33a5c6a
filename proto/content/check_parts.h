// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proto/content/content.h"
#include "proto/content/findings.h"

// Private to Check(): what the norms and we demand of each part, whoever the operator is. Values
// that are not there break no rule of these; who must give what is another question.
namespace ecluse::content {

void CheckPerson(const Person& person, const At& at, Day today, Findings& out);
void CheckPractitioner(const Practitioner& practitioner, const At& at, Findings& out);
void CheckRights(const Rights& rights, const At& at, Findings& out);
// `asked_on`: of the request or invoice that goes by the prescription.
void CheckPrescription(const Prescription& prescription, const At& at, Day asked_on, Day today,
                       Findings& out);
void CheckLine(const Line& line, const At& at, Findings& out);
// Each amount, and that the lines add up to the totals.
void CheckAmounts(const std::vector<Line>& lines, const Totals& totals, Findings& out);

}  // namespace ecluse::content
