// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/http/settings.h"

#include "adapters/protocols/exchange/driver.h"

namespace ecluse::exchange {

absl::Status ReadDriverSection(const std::string& file, const Section& section,
                               Settings& settings) {
  Fields in(file, section);
  in.Find("service");  // read with the profile
  http::TakeSite(in, settings.site);
  Promises& promises = settings.terms.promises;
  http::TakeSwitch(in, "refuses_with_503", promises.closed_503);
  http::TakeSwitch(in, "refuses_with_429", promises.busy_429);
  http::TakeSwitch(in, "html_page_means_closed", promises.html_page);
  http::TakeSwitch(in, "cancels_at_once", promises.cancels_at_once);
  http::TakeSwitch(in, "bills_at_once", promises.bills_at_once);
  return in.Finish();
}

}  // namespace ecluse::exchange
