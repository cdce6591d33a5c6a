// SPDX-License-Identifier: Apache-2.0
#include "proto/profile/names.h"

#include <utility>

namespace ecluse::profile {
namespace {

template <class T>
struct Table;

template <>
struct Table<Meaning> {
  static constexpr std::pair<Meaning, const char*> kRows[] = {
      {Meaning::kReceived, "received"},
      {Meaning::kPending, "pending"},
      {Meaning::kGranted, "granted"},
      {Meaning::kGrantedPendingDocuments, "granted-pending-documents"},
      {Meaning::kGrantedOtherAmount, "granted-other-amount"},
      {Meaning::kGrantedUnusable, "granted-unusable"},
      {Meaning::kRefused, "refused"},
      {Meaning::kTechnicalRefusal, "technical-refusal"},
      {Meaning::kExpired, "expired"},
      {Meaning::kCancelled, "cancelled"},
      {Meaning::kBilled, "billed"},
      {Meaning::kNoRights, "no-rights"},
      {Meaning::kUnavailable, "unavailable"},
  };
};

template <>
struct Table<Protocol> {
  static constexpr std::pair<Protocol, const char*> kRows[] = {
      {Protocol::kPortal, "portal"}, {Protocol::kExchange, "exchange"}, {Protocol::kMail, "mail"}};
};

template <>
struct Table<Kind> {
  static constexpr std::pair<Kind, const char*> kRows[] = {
      {Kind::kAuthorisation, "authorisation"}, {Kind::kBill, "bill"},
      {Kind::kDocument, "document"},           {Kind::kCancellation, "cancellation"},
      {Kind::kQuotation, "quotation"},
  };
};

template <>
struct Table<content::Presence> {
  static constexpr std::pair<content::Presence, const char*> kRows[] = {
      {content::Presence::kOptional, "optional"},
      {content::Presence::kConditional, "conditional"},
      {content::Presence::kObligatory, "obligatory"},
      {content::Presence::kUnwanted, "unwanted"},
  };
};

}  // namespace

template <class T>
std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const auto& [value, name] : Table<T>::kRows) names.push_back(name);
  return names;
}

template <class T>
std::string NameOf(T value) {
  for (const auto& [each, name] : Table<T>::kRows) {
    if (each == value) return name;
  }
  return "";
}

template <class T>
std::optional<T> FromName(const std::string& name) {
  for (const auto& [value, each] : Table<T>::kRows) {
    if (each == name) return value;
  }
  return std::nullopt;
}

template std::vector<std::string> Names<Meaning>();
template std::vector<std::string> Names<Protocol>();
template std::vector<std::string> Names<Kind>();
template std::vector<std::string> Names<content::Presence>();
template std::string NameOf<Meaning>(Meaning);
template std::string NameOf<Protocol>(Protocol);
template std::string NameOf<Kind>(Kind);
template std::string NameOf<content::Presence>(content::Presence);
template std::optional<Meaning> FromName<Meaning>(const std::string&);
template std::optional<Protocol> FromName<Protocol>(const std::string&);
template std::optional<Kind> FromName<Kind>(const std::string&);
template std::optional<content::Presence> FromName<content::Presence>(const std::string&);

}  // namespace ecluse::profile
