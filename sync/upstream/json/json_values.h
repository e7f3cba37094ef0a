// Reading a platform's JSON without judging it: a field that is absent or of
// another kind reads as nothing. Pure.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/money.h"

namespace syncing {

using Json = nlohmann::ordered_json;

const Json& at(const Json& json, std::string_view path);  // "a.b.c"; null where there is none
std::string text_at(const Json& json, std::string_view path);
bool flag_at(const Json& json, std::string_view path);
std::int64_t number_at(const Json& json, std::string_view path);
core::Instant time_at(const Json& json, std::string_view path);
// The entries of a list; none where there is no list.
const Json& list_at(const Json& json, std::string_view path);

// A number in major units, or a text of one, to the nearest minor unit. It is
// read by its decimal digits, never by the arithmetic of floating points.
core::Money rounded_money(const Json& value, core::Currency currency);

}  // namespace syncing
