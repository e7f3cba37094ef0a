// The shop itself: what must be known of it before anything is told, and what a
// test of the connection finds, in sentences. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "sync/upstream/shopify/order_input.h"
#include "sync/upstream/shopify/reply.h"
#include "sync/upstream/upstream.h"

namespace syncing::shopify {

// Reads the answer to SetUp. `location`: gid or name of the till's place; empty:
// the first that is active. The answer: why the shop cannot be used.
std::optional<Answer> read_shop(const Json& data, std::string_view location, ShopFacts& shop);

// What the till needs and was not given; what lets it write lets it read.
std::vector<std::string> missing_scopes(const Json& scopes_data);

// From the answers to SetUp and Scopes, heard at `now` by the till's clock.
Check check(const Heard& set_up, const Heard& scopes, std::string_view location, core::Instant now);

// "lindner", "lindner.myshopify.com" or a whole address. Only https is spoken, and
// only to myshopify.com or, for tests, to whom `authority` vouches for or to this
// machine itself. The error is a sentence.
core::Result<std::string, std::string> api_url(std::string_view address, bool has_authority);

}  // namespace syncing::shopify
