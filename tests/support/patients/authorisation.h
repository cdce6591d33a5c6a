// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "proto/content/content.h"
#include "tests/support/patients/people.h"

// Typed contents of patients who do not exist. Codes of products are well-formed and made up; the
// sums are right. What comes out passes content::Check() without a problem, not even a warning,
// when it is asked with the same `today` and no rules of an operator.
namespace ecluse::patients {

// One patient, one prescription at most a year old, the equipment of the practice's trade: a frame
// and two lenses; two hearing aids and an accessory; two products of a pharmacy.
content::Authorisation Authorisation(Dice& dice, const Practice& practice, absl::CivilDay today);
content::Quotation Quotation(Dice& dice, const Practice& practice, absl::CivilDay today);
// Of some patient. `number` is the invoice's own; it must not be zero.
content::Invoice Invoice(Dice& dice, const Practice& practice, absl::CivilDay today,
                         uint32_t number);
// Of what was granted under `authorisation_number` on `granted_on`: same people, same lines.
content::Invoice InvoiceOf(const content::Authorisation& request,
                           std::string_view authorisation_number, absl::CivilDay granted_on,
                           absl::CivilDay today, uint32_t number);

// The same as bytes, under the media type content::kTyped. An authorisation has some 400 bytes.
std::string MakeAuthorisation(Dice& dice, const Practice& practice, absl::CivilDay today);
std::string MakeQuotation(Dice& dice, const Practice& practice, absl::CivilDay today);
std::string MakeInvoice(Dice& dice, const Practice& practice, absl::CivilDay today,
                        uint32_t number);
// The number may be empty: where the request follows another, its operator's number is not known
// to the practice yet.
std::string MakeCancellation(std::string_view authorisation_number);
// A scanned prescription of `bytes` bytes.
std::string MakeDocument(Dice& dice, std::string_view authorisation_number, size_t bytes);

}  // namespace ecluse::patients
