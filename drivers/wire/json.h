// JSON as devices speak it: every number stays the text it was written as, because
// an amount must never become a double. Pure.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/money.h"

namespace drivers::wire {

// A document whose numbers have become strings; nothing if it is none, or nested
// deeper than any message is.
std::optional<nlohmann::json> read_json(std::string_view text);

// The member of that name; null where there is none or `from` is no object.
const nlohmann::json& member(const nlohmann::json& from, const char* name);
// Its text; empty where it is none.
std::string text_at(const nlohmann::json& from, const char* name);
// Its whole number, written as a number or as digits in quotes; nothing where it is none.
std::optional<std::int64_t> number_at(const nlohmann::json& from, const char* name);
// Nothing where it is neither true nor false.
std::optional<bool> truth_at(const nlohmann::json& from, const char* name);

std::string in_quotes(std::string_view text);
// An object of members that are JSON already; one without a value is left out.
std::string object(std::initializer_list<std::pair<std::string_view, std::string>> members);

// "12.34", "12", "1E+2", "12.3400": exactly, or not at all.
std::optional<core::Money> amount_from(std::string_view number, core::Currency currency);

}  // namespace drivers::wire
