// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "proto/b2/file.h"

namespace ecluse::b2 {

// A file with everything in it: one lot, two invoices; nobody in it exists. Its records are:
// 0 head, 1 lot, 2 invoice, 3 2S, 4 line 3, 5 3S, 6 3F, 7 3F, 8 total, 9 invoice, 10 line 4,
// 11 4E, 12 4M, 13 total, 14 lot total, 15 end.
inline Record SampleInvoice(uint64_t number) {
  Record r("2");
  r.Set("provider", "750000002").Set("nir", "2951099126111").Set("nir-key", "93");
  r.Set("invoice", number).Set("nature", 1).Set("stay-number", 1).Set("regime", 1);
  r.Set("fund", 751).Set("insurance", 10).Set("exemption", "0");
  r.Set("stay-date", "240205").Set("birth-date", "951001");
  r.Set("entry-date", "240205").Set("exit-date", "240205").Set("amc", "0000000000");
  return r;
}

inline Record SampleLine(std::string_view type, uint64_t invoice) {
  Record r(type);
  r.Set("provider", "750000002").Set("nir", "2951099126111").Set("nir-key", "93");
  r.Set("invoice", invoice);
  if (type.size() == 2) r.Set("sequence", 1);
  return r;
}

inline absl::StatusOr<std::string> SampleFile() {
  Record head("000");
  head.Set("sender-type", "TP").Set("sender", "750000002").Set("recipient-type", "OC");
  head.Set("recipient", "00000000000000").Set("file-id", "ECL001").Set("created", "240206");
  head.Set("norm", "CP").Set("version", "B2").Set("record-length", 128);
  Record lot("1");
  lot.Set("provider", "750000002").Set("lot", 7).Set("provider-name", "OPTIQUE DES ECLUSES");
  lot.Set("norm", "B2").Set("created", "240206").Set("variant", "CP").Set("norm-date", "062007");
  lot.Set("currency", "U");
  Record stay = SampleLine("3", 1);
  stay.Set("from", "240205").Set("until", "240205").Set("act", "OPT").Set("quantity", 1);
  stay.Set("unit-price", 30000).Set("base", 10000).Set("rate", 60).Set("amo", 6000);
  stay.Set("expense", 30000).Set("amc-amount", 20000);
  Record prescription = SampleLine("3S", 1);
  prescription.Set("prescriber", "751000019").Set("prescribed-on", "240110");
  Record lens = SampleLine("3F", 1);
  lens.Set("device-code", "2200001").Set("quantity", 1).Set("billed", 15000);
  Record other_lens = SampleLine("3F", 1);
  other_lens.Set("sequence", 2).Set("device-code", "2200002").Set("billed", 15000);
  Record act = SampleLine("4", 2);
  act.Set("prescriber", "751000019").Set("executant", "751000019").Set("care-date", "240205");
  act.Set("act", "CS").Set("quantity", 1).Set("coefficient", 100).Set("unit-price", 2500);
  act.Set("base", 2500).Set("rate", 70).Set("amo", 1750).Set("fees", 2500).Set("amc-amount", 750);
  Record fine = SampleLine("4M", 2);
  fine.Set("ccam", "BFGA004").Set("activity", "1");

  File file(head);
  file.Lot(lot).Invoice(SampleInvoice(1)).Add(SampleLine("2S", 1)).Add(stay).Add(prescription);
  file.Add(lens).Add(other_lens);
  file.Invoice(SampleInvoice(2)).Add(act).Add(SampleLine("4E", 2)).Add(fine);
  return std::move(file).Finish();
}

}  // namespace ecluse::b2
