#include "sync/upstream/json_fields.h"

#include <algorithm>

namespace syncing {

namespace {

constexpr std::size_t most_faults = 20;  // a wrong file says enough with these
constexpr std::int64_t largest_count = 1'000'000'000;

bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
}

}  // namespace

Fields::Fields(const Json& json, std::string path, std::vector<FieldFault>& faults)
    : json_(json), path_(std::move(path)), faults_(faults) {
  if (!json_.is_object()) fault("", "is not an object");
}

void Fields::fault(std::string_view name, std::string what) const {
  if (faults_.size() < most_faults) faults_.push_back({path_of(name), std::move(what)});
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

std::optional<std::string> Fields::text(std::string_view name) const {
  const Json* value = find(name);
  if (!value) return {};
  if (!value->is_string()) {
    fault(name, "is not a text in quotes");
    return {};
  }
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > longest_text) {
    fault(name, fmt::format("is longer than {} bytes", longest_text));
    return {};
  }
  if (std::ranges::any_of(text, is_forbidden)) {
    fault(name, "holds a control character");
    return {};
  }
  return text;
}

std::string Fields::text_or(std::string_view name, std::string_view otherwise) const {
  return text(name).value_or(std::string(otherwise));
}

std::string Fields::required(std::string_view name) const {
  const auto value = text(name);
  if (!find(name)) fault(name, "is missing");
  if (value && value->empty()) fault(name, "is empty");
  return value.value_or("");
}

bool Fields::flag_or(std::string_view name, bool otherwise) const {
  const Json* value = find(name);
  if (!value) return otherwise;
  if (value->is_boolean()) return value->get<bool>();
  fault(name, "is neither true nor false");
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
  fault(name, fmt::format("is not a whole number from 1 to {}", largest_count));
  return otherwise;
}

core::Money Fields::money_or(std::string_view name, core::Money otherwise) const {
  const auto said = text(name);
  if (!said) return otherwise;
  const auto money = core::parse_plain(*said, otherwise.currency);
  if (money) return *money;
  fault(name, fmt::format("\"{}\" is not an amount like \"12.50\"", *said));
  return otherwise;
}

core::Money Fields::positive_money(std::string_view name, core::Currency currency) const {
  if (!find(name)) fault(name, "is missing");
  const core::Money money = money_or(name, {0, currency});
  if (money.minor < 0) fault(name, "is negative");
  return money;
}

core::Quantity Fields::quantity_or(std::string_view name, core::Quantity otherwise) const {
  const auto said = text(name);
  if (!said) return otherwise;
  const auto quantity = core::parse_quantity(*said);
  if (quantity && quantity->thousandths > 0) return *quantity;
  fault(name, fmt::format("\"{}\" is not a quantity like \"2\" or \"0.252\"", *said));
  return otherwise;
}

core::Rate Fields::rate_or(std::string_view name, core::Rate otherwise) const {
  const auto said = text(name);
  if (!said) return otherwise;
  // Two decimals, as an amount of euros has them: the minor units are basis points.
  const auto rate = core::parse_plain(*said, core::eur);
  if (rate && rate->minor >= 0 && rate->minor <= 10'000) return core::Rate{rate->minor};
  fault(name, fmt::format("\"{}\" is not a percentage like \"19\"", *said));
  return otherwise;
}

std::optional<core::Uuid> Fields::id(std::string_view name) const {
  const auto said = text(name);
  if (!said || said->empty()) return {};
  const auto id = core::uuid_from(*said);
  if (!id) fault(name, fmt::format("\"{}\" is not a UUID", *said));
  return id;
}

core::Instant Fields::instant_or(std::string_view name, core::Instant otherwise) const {
  const auto said = text(name);
  if (!said) return otherwise;
  const auto instant = instant_from(*said);
  if (!instant) fault(name, instant.error());
  return instant.value_or(otherwise);
}

bool Fields::is_list(std::string_view name, const Json& json) const {
  if (!json.is_array()) fault(name, "is not a list");
  if (json.size() > most_entries)
    fault(name, fmt::format("has more than {} entries", most_entries));
  return json.is_array() && json.size() <= most_entries;
}

}  // namespace syncing
