#include "sync/upstream/json/json_values.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"
#include "sync/upstream/json/order_json.h"

namespace syncing {

namespace {

const Json nothing;
const Json empty_list = Json::array();

}  // namespace

const Json& at(const Json& json, std::string_view path) {
  const Json* here = &json;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    if (!here->is_object()) return nothing;
    const auto found = here->find(std::string(path.substr(0, end)));
    if (found == here->end()) return nothing;
    here = &*found;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return *here;
}

std::string text_at(const Json& json, std::string_view path) {
  const Json& value = at(json, path);
  if (!value.is_string()) return {};
  return core::without_controls(value.get_ref<const std::string&>());
}

bool flag_at(const Json& json, std::string_view path) {
  const Json& value = at(json, path);
  return value.is_boolean() && value.get<bool>();
}

std::int64_t number_at(const Json& json, std::string_view path) {
  const Json& value = at(json, path);
  return value.is_number() ? value.get<std::int64_t>() : 0;
}

core::Instant time_at(const Json& json, std::string_view path) {
  return instant_from(text_at(json, path)).value_or(core::Instant{});
}

const Json& list_at(const Json& json, std::string_view path) {
  const Json& value = at(json, path);
  return value.is_array() ? value : empty_list;
}

core::Money rounded_money(const Json& value, core::Currency currency) {
  std::string text = value.is_string() ? value.get<std::string>() : "";
  if (value.is_number()) text = value.dump();
  const bool negative = text.starts_with('-');
  if (negative) text.erase(0, 1);
  std::int64_t exponent = 0;
  if (const std::size_t e = text.find_first_of("eE"); e != std::string::npos) {
    const char* digits = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
    std::from_chars(digits, text.data() + text.size(), exponent);
    text.resize(e);
  }
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits = text.substr(0, point) + (point < text.size() ? text.substr(point + 1) : "");
  // Where the minor units end within the digits.
  const std::int64_t end = static_cast<std::int64_t>(point) + exponent + currency.digits();
  std::int64_t minor = 0;
  bool up = false;
  for (std::int64_t i = 0; i < std::max<std::int64_t>(end, 0); ++i) {
    const auto place = static_cast<std::size_t>(i);
    const char digit = place < digits.size() ? digits[place] : '0';
    if (digit < '0' || digit > '9' || minor > core::largest_minor * 1000) return {0, currency};
    minor = minor * 10 + (digit - '0');
  }
  if (end >= 0 && static_cast<std::size_t>(end) < digits.size()) {
    up = digits[static_cast<std::size_t>(end)] >= '5';
  }
  minor += up ? 1 : 0;
  return {negative ? -minor : minor, currency};
}

}  // namespace syncing
