#include "sync/upstream/json/json_fields.h"

#include <algorithm>

#include "core/base/text.h"

namespace syncing {

namespace {

constexpr std::size_t most_faults = 20;  // a wrong file says enough with these
constexpr std::size_t longest_value = 60;
constexpr std::int64_t largest_count = 1'000'000'000;

void add_to(std::vector<FieldFault>& list, FieldFault fault) {
  if (list.size() < most_faults) list.push_back(std::move(fault));
}

// "0.3333" to the thousandth; nothing: it is no number.
std::optional<core::Quantity> rounded_quantity(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view finer = text.substr(std::min(point + 4, text.size()));
  if (!std::ranges::all_of(finer, [](char c) { return c >= '0' && c <= '9'; })) return {};
  auto quantity = core::parse_quantity(text.substr(0, text.size() - finer.size()));
  if (!quantity) return {};
  if (!finer.empty() && finer.front() >= '5') ++quantity->thousandths;
  return *quantity;
}

}  // namespace

Fields::Fields(const Json& json, std::string path, Findings& found)
    : json_(json), path_(std::move(path)), found_(found) {
  if (json_.is_object()) return;
  path_.empty() ? fault("", "The file holds no order.") : doubt("", "is not an object");
}

void Fields::fault(std::string_view name, std::string what) const {
  add_to(found_.faults, {path_of(name), std::move(what), said_at(name)});
}

void Fields::doubt(std::string_view name, std::string what) const {
  add_to(found_.doubts, {path_of(name), std::move(what), said_at(name)});
}

// What stands there, as far as a person needs it to find the place.
std::string Fields::said_at(std::string_view name) const {
  const Json* value = name.empty() ? &json_ : find(name);
  if (!value || value->is_array()) return {};
  const std::string said = value->is_string()
                               ? value->get<std::string>()
                               : value->dump(-1, ' ', false, Json::error_handler_t::replace);
  return core::one_line(core::without_controls(core::cut_to(said, longest_value)));
}

std::string Fields::path_of(std::string_view name) const {
  if (path_.empty() || name.empty()) return path_ + std::string(name);
  return fmt::format("{}.{}", path_, name);
}

const Fields::Json* Fields::find(std::string_view name) const {
  if (!json_.is_object()) return nullptr;
  const auto at = json_.find(std::string(name));
  return at == json_.end() || at->is_null() ? nullptr : &*at;
}

std::optional<std::string> Fields::raw_text(std::string_view name) const {
  const Json* value = find(name);
  if (!value) return {};
  // A number or a word without its quotes says what it would say with them.
  if (value->is_number() || value->is_boolean()) return value->dump();
  if (!value->is_string()) {
    doubt(name, "is not a text in quotes");
    return {};
  }
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > longest_text) doubt(name, fmt::format("is longer than {} bytes", longest_text));
  if (found_.was_mended && text.find("\xEF\xBF\xBD") != text.npos) {
    doubt(name, "has letters that are not UTF-8");
  }
  return core::without_controls(core::cut_to(text, longest_text));
}

std::optional<std::string> Fields::text(std::string_view name) const {
  auto said = raw_text(name);
  if (said) *said = core::one_line(*said);
  return said;
}

std::string Fields::prose(std::string_view name) const {
  return raw_text(name).value_or("");
}

std::string Fields::text_or(std::string_view name, std::string_view otherwise) const {
  return text(name).value_or(std::string(otherwise));
}

std::string Fields::required(std::string_view name) const {
  const auto value = text(name);
  if (!find(name))
    fault(name, "is missing");
  else if (!value || value->empty())
    fault(name, value ? "is empty" : "is not a text in quotes");
  return value.value_or("");
}

bool Fields::flag_or(std::string_view name, bool otherwise) const {
  const Json* value = find(name);
  if (!value) return otherwise;
  if (value->is_boolean()) return value->get<bool>();
  doubt(name, "is neither true nor false");
  return otherwise;
}

std::int64_t Fields::count_or(std::string_view name, std::int64_t otherwise) const {
  const Json* value = find(name);
  if (!value) return otherwise;
  // Read as the unsigned number that it is: beyond int64 it would turn negative.
  if (value->is_number_unsigned()) {
    const auto number = value->get<std::uint64_t>();
    if (number >= 1 && number <= static_cast<std::uint64_t>(largest_count)) {
      return static_cast<std::int64_t>(number);
    }
  }
  doubt(name, fmt::format("is not a whole number from 1 to {}", largest_count));
  return otherwise;
}

core::Money Fields::money_or(std::string_view name, core::Money otherwise) const {
  const auto said = text(name);
  if (!said) return otherwise;
  const auto money = core::parse_plain(*said, otherwise.currency);
  if (money) return *money;
  doubt(name, "is not an amount like \"12.50\"");
  return otherwise;
}

core::Money Fields::positive_money(std::string_view name, core::Currency currency) const {
  if (!find(name)) doubt(name, "is missing");
  const core::Money money = money_or(name, {0, currency});
  if (money.minor < 0) doubt(name, "is negative");
  return money;
}

core::Quantity Fields::quantity_or(std::string_view name, core::Quantity otherwise) const {
  const auto said = text(name);
  if (!said) return otherwise;
  const auto quantity = core::parse_quantity(*said);
  if (quantity && quantity->thousandths > 0) return *quantity;
  doubt(name, "is not a quantity like \"2\" or \"0.252\"");
  const auto rounded = rounded_quantity(*said);
  return {rounded ? std::max<std::int64_t>(0, rounded->thousandths) : 0};
}

core::Rate Fields::rate_or(std::string_view name, core::Rate otherwise) const {
  const auto said = text(name);
  if (!said) return otherwise;
  const auto rate = core::parse_percent(*said);
  if (rate && *rate <= core::Rate{10'000}) return *rate;
  doubt(name, "is not a percentage like \"19\"");
  return otherwise;
}

std::optional<core::Uuid> Fields::id(std::string_view name) const {
  const auto said = text(name);
  if (!said || said->empty()) return {};
  const auto id = core::uuid_from(*said);
  if (!id) doubt(name, "is not a UUID");
  return id;
}

core::Instant Fields::instant_or(std::string_view name, core::Instant otherwise) const {
  const auto said = text(name);
  if (!said) return otherwise;
  const auto instant = instant_from(*said);
  if (!instant) doubt(name, "is not a time like \"2026-11-21T14:44:05Z\"");
  return instant.value_or(otherwise);
}

bool Fields::is_list(std::string_view name, const Json& json) const {
  if (!json.is_array()) doubt(name, "is not a list");
  if (json.size() > most_entries)
    fault(name, fmt::format("has more than {} entries", most_entries));
  return json.is_array() && json.size() <= most_entries;
}

}  // namespace syncing
