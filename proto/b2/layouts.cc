// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/layouts.h"

namespace ecluse::b2 {
namespace {

// One letter for the form; a capital is a value that must be there.
constexpr Piece Make(Form form, size_t length, std::string_view name, bool required) {
  return {length, form, required, name};
}
constexpr Piece T(size_t n, std::string_view name) { return Make(Form::kText, n, name, true); }
constexpr Piece t(size_t n, std::string_view name) { return Make(Form::kText, n, name, false); }
constexpr Piece N(size_t n, std::string_view name) { return Make(Form::kNumber, n, name, true); }
constexpr Piece n(size_t w, std::string_view name) { return Make(Form::kNumber, w, name, false); }
constexpr Piece M(size_t n, std::string_view name) { return Make(Form::kMoney, n, name, true); }
constexpr Piece m(size_t n, std::string_view name) { return Make(Form::kMoney, n, name, false); }
constexpr Piece D(std::string_view name) { return Make(Form::kDate, 6, name, true); }
constexpr Piece d(std::string_view name) { return Make(Form::kDate, 6, name, false); }
constexpr Piece P(std::string_view name) { return Make(Form::kActor, 9, name, true); }
constexpr Piece p(std::string_view name) { return Make(Form::kActor, 9, name, false); }
constexpr Piece f(size_t n, std::string_view name) { return Make(Form::kFree, n, name, false); }
constexpr Piece b(size_t n) { return Make(Form::kBlank, n, "blank", false); }

// The frame of the file: 1 to 55.
constexpr Piece kFrame[] = {
    N(3, "record"),         T(2, "sender-type"), N(14, "sender"),           t(6, "sender-program"),
    T(2, "recipient-type"), T(14, "recipient"),  t(6, "recipient-program"), t(2, "application"),
    T(6, "file-id")};
// Records of an invoice: 1 to 38. Of 2 and 5 the rank may be missing.
constexpr Piece kHead[] = {N(1, "record"),  P("provider"), b(1),           T(13, "nir"),
                           N(2, "nir-key"), n(3, "rank"),  N(9, "invoice")};
// Complements that have no rank: 1 to 38.
constexpr Piece kShort[] = {N(1, "record"),  P("provider"),   b(1),         T(13, "nir"),
                            N(2, "nir-key"), N(9, "invoice"), T(1, "mark"), N(2, "sequence")};

constexpr Piece k000[] = {
    D("created"),          T(4, "norm"),     t(2, "version"), t(1, "compaction"),
    t(1, "encryption"),    t(1, "currency"), t(1, "flow"),    b(11),
    N(3, "record-length"), f(6, "password"), f(37, "message")};
constexpr Piece k999[] = {N(8, "records"), b(19), N(3, "lots"), b(43)};

constexpr Piece k1[] = {N(1, "record"),
                        P("provider"),
                        b(6),
                        N(3, "fund"),
                        N(3, "lot"),
                        N(3, "category"),
                        N(2, "legal-status"),
                        N(2, "tariff-mode"),
                        T(40, "provider-name"),
                        T(2, "norm"),
                        D("created"),
                        b(1),
                        T(2, "variant"),
                        b(1),
                        N(6, "norm-date"),
                        T(1, "currency"),
                        b(40)};
constexpr Piece k6[] = {N(1, "record"),
                        P("provider"),
                        N(3, "invoices"),
                        N(4, "lines-3"),
                        N(4, "second-count"),
                        N(3, "totals"),
                        M(9, "lot-total"),
                        M(9, "lot-amo"),
                        M(9, "reserved-amount"),
                        N(3, "lot"),
                        b(74)};

constexpr Piece k2[] = {N(1, "nature"),     N(9, "stay-number"), N(2, "regime"),
                        N(3, "fund"),       N(4, "centre"),      N(1, "rights-evidence"),
                        d("authorised-on"), d("rights-from"),    n(3, "authorised-by"),
                        n(3, "scheme"),     N(2, "insurance"),   T(1, "exemption"),
                        D("stay-date"),     n(9, "accident"),    t(1, "split"),
                        N(6, "birth-date"), n(1, "birth-rank"),  D("entry-date"),
                        D("exit-date"),     N(2, "exit-hour"),   n(2, "contract-type"),
                        t(10, "amc")};
constexpr Piece k2S[] = {T(1, "mark"),
                         N(2, "sequence"),
                         n(6, "title-complement"),
                         n(2, "payee"),
                         t(13, "own-nir"),
                         n(2, "own-nir-key"),
                         b(6),
                         t(1, "doctor-declared"),
                         t(25, "doctor-surname"),
                         t(15, "doctor-name"),
                         p("doctor"),
                         t(1, "care-path"),
                         b(7)};

constexpr Piece k3[] = {n(2, "treatment"),
                        n(3, "discipline"),
                        D("from"),
                        D("until"),
                        T(5, "act"),
                        N(3, "quantity"),
                        t(1, "exemption"),
                        n(5, "coefficient"),
                        t(1, "daily-charge"),
                        n(5, "stay-coefficient"),
                        M(7, "unit-price"),
                        M(8, "base"),
                        N(3, "rate"),
                        M(8, "amo"),
                        M(8, "expense"),
                        n(4, "stay-group"),
                        n(3, "financing-rate"),
                        t(1, "participation"),
                        b(2),
                        t(1, "qualifier"),
                        t(1, "domain"),
                        m(7, "amc-amount")};
constexpr Piece k3S[] = {T(1, "mark"),
                         N(2, "sequence"),
                         P("prescriber"),
                         t(1, "prescriber-status"),
                         N(2, "prescriber-speciality"),
                         D("prescribed-on"),
                         d("agreement-asked-on"),
                         N(1, "agreement"),
                         n(14, "place"),
                         t(1, "interruption"),
                         n(14, "network"),
                         n(5, "fee-order"),
                         n(14, "device"),
                         t(1, "prescription-origin"),
                         b(13)};
constexpr Piece k3E[] = {T(1, "mark"), N(2, "sequence"), t(11, "prescriber-rpps"),
                         t(14, "prescriber-structure"), b(62)};
constexpr Piece k3F[] = {b(4),
                         T(13, "device-code"),
                         t(14, "maker-siret"),
                         N(2, "quantity"),
                         M(7, "reference-price"),
                         M(7, "billed"),
                         m(7, "purchase-price"),
                         m(7, "unit-gap"),
                         m(7, "total-gap"),
                         b(22)};
constexpr Piece k3H[] = {n(4, "reserved"),
                         b(6),
                         N(7, "drug"),
                         b(1),
                         N(5, "split-coefficient"),
                         b(5),
                         M(7, "purchase-price"),
                         m(7, "unit-gap"),
                         m(7, "total-gap"),
                         N(3, "quantity"),
                         M(7, "billed"),
                         b(31)};

constexpr Piece k4[] = {n(2, "treatment"),
                        n(3, "discipline"),
                        P("prescriber"),
                        t(1, "prescription-origin"),
                        t(1, "exemption"),
                        n(2, "prescriber-speciality"),
                        P("executant"),
                        n(2, "zone"),
                        n(2, "executant-speciality"),
                        D("care-date"),
                        T(5, "act"),
                        N(2, "quantity"),
                        N(6, "coefficient"),
                        N(2, "count"),
                        M(7, "unit-price"),
                        M(7, "base"),
                        N(3, "rate"),
                        M(7, "amo"),
                        M(7, "fees"),
                        t(1, "qualifier"),
                        m(6, "amc-amount")};
constexpr Piece k4S[] = {t(1, "executant-status"),
                         t(1, "coordination"),
                         m(7, "theoretical-base"),
                         t(1, "prescriber-status"),
                         d("agreement-asked-on"),
                         N(1, "agreement"),
                         b(15),
                         t(1, "forced-amo"),
                         n(14, "place"),
                         n(14, "network"),
                         t(1, "forced-amc"),
                         n(5, "fee-order"),
                         n(14, "device"),
                         n(4, "stay-group"),
                         T(1, "domain"),
                         t(1, "joint-prevention"),
                         t(2, "prevention-qualifier"),
                         t(1, "participation")};
constexpr Piece k4E[] = {n(11, "prescriber-rpps"), t(14, "prescriber-structure"),
                         n(11, "executant-rpps"), t(14, "executant-structure"), b(40)};
constexpr Piece k4M[] = {b(4),
                         T(13, "ccam"),
                         t(1, "extension"),
                         T(1, "activity"),
                         n(1, "phase"),
                         t(4, "modifiers"),
                         t(1, "association"),
                         t(1, "conditional"),
                         d("session-date"),
                         t(32, "teeth"),
                         t(1, "extra-charge"),
                         t(4, "amc-modifiers"),
                         b(21)};
constexpr Piece k4B[] = {b(4),
                         b(6),
                         D("date-1"),
                         N(2, "quantity-1"),
                         N(8, "analysis-1"),
                         d("date-2"),
                         n(2, "quantity-2"),
                         n(8, "analysis-2"),
                         d("date-3"),
                         n(2, "quantity-3"),
                         n(8, "analysis-3"),
                         d("date-4"),
                         n(2, "quantity-4"),
                         n(8, "analysis-4"),
                         d("date-5"),
                         n(2, "quantity-5"),
                         n(8, "analysis-5")};
constexpr Piece k4H[] = {n(4, "reserved"),
                         b(6),
                         N(7, "drug"),
                         b(1),
                         N(5, "split-coefficient"),
                         b(5),
                         m(7, "reconstitution"),
                         m(7, "margin"),
                         M(7, "unit-price"),
                         N(3, "quantity"),
                         M(7, "billed"),
                         b(31)};

constexpr Piece k5[] = {N(3, "lines"), M(8, "base-3"),        M(8, "amo-3"),  M(8, "fees-4"),
                        M(8, "amo-4"), M(8, "insured-share"), m(8, "amc-3"),  m(8, "amc-4"),
                        b(17),         M(8, "expense-3"),     f(4, "vendor"), b(2)};

constexpr Recipe kRecipes[] = {
    {"000", kFrame, k000}, {"1", {}, k1},         {"2", kHead, k2},    {"2S", kHead, k2S},
    {"3", kHead, k3},      {"3S", kHead, k3S},    {"3E", kHead, k3E},  {"3F", kShort, k3F},
    {"3H", kShort, k3H},   {"4", kHead, k4},      {"4S", kShort, k4S}, {"4E", kShort, k4E},
    {"4B", kShort, k4B},   {"4H", kShort, k4H},   {"4M", kShort, k4M}, {"5", kHead, k5},
    {"6", {}, k6},         {"999", kFrame, k999},
};

}  // namespace

std::span<const Recipe> Recipes() { return kRecipes; }

}  // namespace ecluse::b2
