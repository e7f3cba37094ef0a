// What an answer of Shopify's means, before anybody looks at what was asked:
// its data, or a fate with its reason in words. Pure.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/base/result.h"
#include "sync/base/answer.h"
#include "sync/base/http.h"

namespace syncing::shopify {

using Json = nlohmann::ordered_json;

// The object `data` of the answer. The error: nothing is known to have been
// done. Throttled: how long to wait follows from the cost that the answer tells.
core::Result<Json, Answer> data_of(const Heard& heard);

// The refusals inside the data ("userErrors"), as one answer; none: it was done.
std::optional<Answer> user_errors(const Json& payload);
// Whether one of them has this code.
bool has_code(const Json& payload, std::string_view code);

// How long until `requested` points are there again, at least a second.
std::chrono::seconds pause_for(double requested, double available, double restored_a_second);

// --- reading values; a field that is absent or of another kind reads as nothing ---
const Json& at(const Json& json, std::string_view path);  // "a.b.c"; null where there is none
std::string text_at(const Json& json, std::string_view path);
bool flag_at(const Json& json, std::string_view path);
std::int64_t number_at(const Json& json, std::string_view path);
core::Instant time_at(const Json& json, std::string_view path);

// "35.98", "35.9" and "100.0" for yen: exact, never through a floating-point
// number. None: it is no amount of this currency.
std::optional<core::Money> money_from(std::string_view text, core::Currency currency);
// The shop's money of a MoneyBag.
std::optional<core::Money> money_at(const Json& json, std::string_view path);

}  // namespace syncing::shopify
