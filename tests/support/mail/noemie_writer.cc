// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mail/noemie_writer.h"

#include <fmt/format.h>

#include <cstdlib>

namespace ecluse {
namespace {

std::string Invoice(const SaidOfInvoice& i, const std::string& day) {
  const int64_t paid = std::llabs(i.paid);
  const char sign = i.paid < 0 ? 'N' : 'P';
  // 102: number, complement, lot, day of the lot, type, day, treatment of the share, nature.
  std::string text = fmt::format("10204{:0>9}{:0>6}{:03}{:0>6}D{:0>6}A{:2}@", i.number, "",
                                 i.lot.number, i.lot.day, day, "10");
  // 103, insured and patient: synthetic, with the mark that ends entities inside a name.
  text += fmt::format("10304{:<146}@", "SYNTHETIC@NAME");
  text += fmt::format("19805{:08}P{:08}P@", 0, 0);
  text += fmt::format("19905{:08}{}{:08}{}{:<10}{:<15}@", i.asked, i.state, paid, sign,
                      "0099999005", "");
  if (!i.code.empty()) {
    text += fmt::format("29405{:<4.4}{:<86.86}FC{:5}{:6}{:9}{:3}{:2}{:30}@", i.code, i.text, "", "",
                        "", "", "", "");
  }
  return text;
}

}  // namespace

std::string WriteNoemie(const std::string& sender, const std::string& receiver,
                        const std::string& day, const std::string& transfer,
                        const std::vector<SaidOfInvoice>& invoices) {
  const std::string frame =
      fmt::format("OC{:0>14}SIMUL TP{:0>14}{:6}TR{:6}", sender, receiver, "", "RSP001");
  std::string text = fmt::format("{:<128}", "000" + frame + day + "576 B2  U");
  text.replace(82, 3, "128");
  text += fmt::format("01001{:0>7}{}@", "9999900", "5");
  text += fmt::format("02002{:0>15}@", receiver);
  text += fmt::format("07103{:6}{:<32}{:<32}{:<10}@", day, transfer, "", "");
  // An entity that no reader of ours knows.
  text += "77703SOMETHING NEW@";
  for (const SaidOfInvoice& invoice : invoices) text += Invoice(invoice, day);
  text += fmt::format("99004{:17}{:08}{:011}P@", "", invoices.size(), 0);
  return text + fmt::format("{:<128}", "999" + frame + fmt::format("{:08}", 3));
}

}  // namespace ecluse
