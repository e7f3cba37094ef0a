#include "sync/upstream/shopify/reply.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sync/upstream/json/order_json.h"

namespace syncing::shopify {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_quote = 300;  // bytes of Shopify's words in a reason
constexpr std::chrono::seconds longest_pause = 300s;

std::string quote(std::string text) {
  if (text.size() > longest_quote) text.resize(longest_quote);
  return text;
}

Answer wait_for(std::string reason, std::chrono::seconds pause) {
  Answer answer = link_is_down(std::move(reason));
  answer.retry_after = pause;
  return answer;
}

double real_at(const Json& json, std::string_view path) {
  const Json& value = at(json, path);
  return value.is_number() ? value.get<double>() : 0.0;
}

// Why an answer with this status says nothing; none: its body may.
std::optional<Answer> status_trouble(const Heard& heard) {
  switch (heard.status) {
    case 200:
      return {};
    case 401:
      return link_is_down("Shopify does not accept the access token. Enter a new one.");
    case 402:
      return link_is_down("The Shopify shop is frozen until its bill is paid.");
    case 403:
      return link_is_down("Shopify does not let this app in. Is it still installed?");
    case 404:
      return link_is_down("There is no Shopify shop at this address.");
    case 423:
      return link_is_down("The Shopify shop is locked.");
    case 429:
      return wait_for("Shopify asks to slow down.", heard.retry_after.value_or(2s));
    default:
      break;
  }
  if (heard.status >= 300 && heard.status < 400) {
    return link_is_down(
        "This address sends us elsewhere. Enter the shop's own one, NAME.myshopify.com.");
  }
  Answer answer = link_is_down(fmt::format("Shopify answers with an error ({}).", heard.status));
  answer.retry_after = heard.retry_after;
  return answer;
}

Answer throttled(const Json& whole) {
  const Json& cost = at(whole, "extensions.cost");
  return wait_for("Shopify asks to slow down.",
                  pause_for(real_at(cost, "requestedQueryCost"),
                            real_at(cost, "throttleStatus.currentlyAvailable"),
                            real_at(cost, "throttleStatus.restoreRate")));
}

// What Shopify lets an app do is named by the scopes: "`read_orders` access scope".
Answer access_denied(const Json& error) {
  const std::string wanted = text_at(error, "extensions.requiredAccess");
  return again(fmt::format("The Shopify app lacks a permission: {}",
                           quote(wanted.empty() ? text_at(error, "message") : wanted)));
}

Answer error_answer(const Json& whole) {
  const Json& errors = at(whole, "errors");
  if (errors.is_string()) return link_is_down("Shopify says: " + quote(errors.get<std::string>()));
  if (!errors.is_array() || errors.empty()) return again("Shopify answers with nothing.");
  const Json& first = errors.front();
  const std::string code = text_at(first, "extensions.code");
  if (code == "THROTTLED") return throttled(whole);
  if (code == "ACCESS_DENIED") return access_denied(first);
  if (code == "SHOP_INACTIVE") return link_is_down("The Shopify shop is not active.");
  const std::string said = "Shopify says: " + quote(text_at(first, "message"));
  if (code == "INTERNAL_SERVER_ERROR" || code == "TIMEOUT") return again(said);
  return refused(said);
}

bool is_later(const Json& error) {
  const std::string code = text_at(error, "code");
  return code == "IDEMPOTENCY_CONCURRENT_REQUEST" || code == "SERVICE_UNAVAILABLE" ||
         code == "INTERNAL_ERROR";
}

// Development and trial shops take five orders a minute and say so in words.
bool is_too_fast(const std::string& message) {
  return message.find("try again later") != std::string::npos ||
         message.find("rate limit") != std::string::npos ||
         message.find("Too many attempts") != std::string::npos;
}

}  // namespace

std::chrono::seconds pause_for(double requested, double available, double restored_a_second) {
  if (!(restored_a_second > 0)) return 2s;
  const double seconds = std::ceil((requested - available) / restored_a_second);
  const double longest = static_cast<double>(longest_pause.count());
  return std::chrono::seconds{static_cast<std::int64_t>(std::clamp(seconds, 1.0, longest))};
}

core::Result<Json, Answer> data_of(const Heard& heard) {
  if (!heard.trouble.empty()) {
    return tl::unexpected(link_is_down(heard.trouble));
  }
  const Json whole = Json::parse(heard.body, nullptr, false);
  const bool is_json = whole.is_object();
  if (is_json && heard.status == 429 && whole.contains("extensions")) {
    return tl::unexpected(throttled(whole));
  }
  if (auto trouble = status_trouble(heard)) return tl::unexpected(*trouble);
  if (!is_json) {
    return tl::unexpected(link_is_down(
        is_page(heard)
            ? "A web page answers instead of Shopify: is there a proxy or a login page between?"
            : "The answer was cut off on its way."));
  }
  if (whole.contains("errors")) return tl::unexpected(error_answer(whole));
  if (!at(whole, "data").is_object()) return tl::unexpected(again("Shopify answers with nothing."));
  return whole["data"];
}

std::optional<Answer> user_errors(const Json& payload) {
  const Json& errors = at(payload, "userErrors");
  if (!errors.is_array() || errors.empty()) return {};
  std::string said;
  bool later = false;
  for (const Json& error : errors) {
    const std::string message = text_at(error, "message");
    if (text_at(error, "code") == "SHOP_DORMANT") {
      return link_is_down(
          "The Shopify shop is dormant: it takes no orders until it is opened again.");
    }
    if (is_too_fast(message)) return wait_for("Shopify says: " + quote(message), 60s);
    later = later || is_later(error);
    said += (said.empty() ? "" : " ") + message;
  }
  said = "Shopify says: " + quote(said);
  return later ? again(said) : refused(said);
}

bool has_code(const Json& payload, std::string_view code) {
  const Json& errors = at(payload, "userErrors");
  return errors.is_array() && std::any_of(errors.begin(), errors.end(), [&](const Json& error) {
           return text_at(error, "code") == code;
         });
}

const Json& at(const Json& json, std::string_view path) {
  static const Json nothing;
  const Json* here = &json;
  while (!path.empty()) {
    const auto dot = path.find('.');
    const auto found =
        here->is_object() ? here->find(std::string(path.substr(0, dot))) : here->end();
    if (!here->is_object() || found == here->end()) return nothing;
    here = &*found;
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return *here;
}

std::string text_at(const Json& json, std::string_view path) {
  const Json& value = at(json, path);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

bool flag_at(const Json& json, std::string_view path) {
  const Json& value = at(json, path);
  return value.is_boolean() && value.get<bool>();
}

std::int64_t number_at(const Json& json, std::string_view path) {
  const Json& value = at(json, path);
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

core::Instant time_at(const Json& json, std::string_view path) {
  return instant_from(text_at(json, path)).value_or(core::Instant{});
}

std::optional<core::Money> money_from(std::string_view text, core::Currency currency) {
  // Shopify writes at least one decimal, even where the currency has none.
  if (text.find('.') != std::string_view::npos) {
    while (text.ends_with('0')) text.remove_suffix(1);
    if (text.ends_with('.')) text.remove_suffix(1);
  }
  const auto money = core::parse_plain(text, currency);
  if (!money) return {};
  return *money;
}

std::optional<core::Money> money_at(const Json& json, std::string_view path) {
  const Json& money = at(at(json, path), "shopMoney");
  const core::Currency currency = core::currency_from(text_at(money, "currencyCode"));
  return money_from(text_at(money, "amount"), currency);
}

}  // namespace syncing::shopify
