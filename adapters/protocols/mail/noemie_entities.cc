// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/entities.h"

// Codes, positions and lengths as an open program reads them; names and words are ours. README.md
// says where they come from. Lengths count the "@".
namespace ecluse::mail {
namespace {

constexpr EntityField k010[] = {{"organisation", 6, 7}, {"key", 13, 1}};
constexpr EntityField kPayee[] = {{"payee", 6, 15}};
constexpr EntityField k070[] = {{"date", 6, 6}};
constexpr EntityField k071[] = {
    {"date", 6, 6}, {"label", 12, 32}, {"label-2", 44, 32}, {"organisation", 76, 10}};
constexpr EntityField k080[] = {{"lot-day", 6, 6}, {"lot", 12, 3}};
constexpr EntityField k081[] = {{"kind", 6, 2}, {"place", 8, 14}};
constexpr EntityField k100[] = {{"number", 6, 9}};
constexpr EntityField k102[] = {{"number", 6, 9},     {"complement", 15, 6}, {"lot", 21, 3},
                                {"lot-day", 24, 6},   {"type", 30, 1},       {"day", 31, 6},
                                {"treatment", 37, 1}, {"nature", 38, 2}};
constexpr EntityField k198[] = {
    {"asked", 6, 8}, {"state", 14, 1}, {"paid", 15, 8}, {"sign", 23, 1}};
constexpr EntityField k199[] = {{"asked", 6, 8}, {"state", 14, 1}, {"paid", 15, 8},
                                {"sign", 23, 1}, {"amc", 24, 10},  {"member", 34, 15}};
constexpr EntityField k290[] = {{"line", 6, 2}, {"code", 8, 10}, {"text", 18, 80}};
constexpr EntityField k294[] = {{"code", 6, 4},        {"text", 10, 86}, {"level", 96, 1},
                                {"share", 97, 1},      {"act", 98, 5},   {"care-day", 103, 6},
                                {"executant", 109, 9}, {"line", 118, 3}, {"rank", 121, 2},
                                {"extra", 123, 30}};
constexpr EntityField k295[] = {{"code", 6, 1}, {"text", 7, 128}};
constexpr EntityField k990[] = {
    {"level-id", 6, 17}, {"count", 23, 8}, {"sum", 31, 11}, {"sign", 42, 1}};

// Entities whose fields nobody here needs (persons, acts, debts, one-off payments) are read by
// their width alone: less of a patient is taken out than could be.
constexpr EntityLayout kLayouts[] = {
    {"010", 14, k010}, {"020", 21, kPayee}, {"040", 21, kPayee}, {"070", 12, k070},
    {"071", 86, k071}, {"080", 15, k080},   {"081", 22, k081},   {"100", 15, k100},
    {"102", 40, k102}, {"103", 152, {}},    {"110", 88, {}},     {"120", 57, {}},
    {"150", 8, {}},    {"160", 23, {}},     {"198", 24, k198},   {"199", 49, k199},
    {"210", 118, {}},  {"220", 118, {}},    {"250", 47, {}},     {"261", 19, {}},
    {"262", 134, {}},  {"290", 98, k290},   {"294", 153, k294},  {"295", 135, k295},
    {"990", 43, k990},
};

}  // namespace

const std::span<const EntityLayout> kNoemieEntities = kLayouts;

}  // namespace ecluse::mail
