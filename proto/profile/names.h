// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "proto/content/check.h"
#include "proto/profile/profile.h"

// How the enumerations are written in profile.toml. For this folder, and for those who show a
// profile to people.
namespace ecluse::profile {

// The names in the order of the enumeration. T: Meaning, Protocol, Kind, content::Presence.
template <class T>
std::vector<std::string> Names();

template <class T>
std::string NameOf(T value);

// nullopt: there is no such name.
template <class T>
std::optional<T> FromName(const std::string& name);

}  // namespace ecluse::profile
