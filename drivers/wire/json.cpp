#include "drivers/wire/json.h"

#include <charconv>
#include <vector>

namespace drivers::wire {

namespace {

using nlohmann::json;

constexpr std::size_t deepest = 64;

// Builds the document as it is read. What fails ends the reading.
class Builder final : public nlohmann::json_sax<json> {
 public:
  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& written) override { return add(written); }
  bool string(string_t& value) override { return add(value); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool key(string_t& name) override {
    key_ = name;
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }
  json document;

 private:
  json* put(json value) {
    if (open_.empty()) {
      document = std::move(value);
      return &document;
    }
    json& inside = *open_.back();
    if (inside.is_array()) return &inside.emplace_back(std::move(value));
    // A name that comes twice could be read in two ways.
    const auto [place, is_new] = inside.emplace(key_, std::move(value));
    return is_new ? &*place : nullptr;
  }
  bool add(json value) { return put(std::move(value)) != nullptr; }
  bool open(json value) {
    json* place = open_.size() < deepest ? put(std::move(value)) : nullptr;
    if (place) open_.push_back(place);
    return place != nullptr;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<json*> open_;
  std::string key_;
};

}  // namespace

std::optional<json> read_json(std::string_view text) {
  Builder builder;
  if (!json::sax_parse(text.begin(), text.end(), &builder)) return {};
  return std::move(builder.document);
}

const json& member(const json& from, const char* name) {
  static const json nothing;
  if (!from.is_object()) return nothing;
  const auto found = from.find(name);
  return found == from.end() ? nothing : *found;
}

std::string text_at(const json& from, const char* name) {
  const json& value = member(from, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::optional<std::int64_t> number_at(const json& from, const char* name) {
  const std::string text = text_at(from, name);
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
  return value;
}

std::optional<bool> truth_at(const json& from, const char* name) {
  const json& value = member(from, name);
  if (!value.is_boolean()) return {};
  return value.get<bool>();
}

std::string in_quotes(std::string_view text) {
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string object(std::initializer_list<std::pair<std::string_view, std::string>> members) {
  std::string text = "{";
  for (const auto& [name, value] : members) {
    if (value.empty()) continue;
    if (text.size() > 1) text += ',';
    text += in_quotes(name) + ":" + value;
  }
  return text + "}";
}

std::optional<core::Money> amount_from(std::string_view number, core::Currency currency) {
  constexpr int longest_shift = 18;
  const bool is_negative = number.starts_with('-');
  if (is_negative) number.remove_prefix(1);
  const auto e = number.find_first_of("eE");
  int shift = 0;
  if (e != number.npos) {
    std::string_view power = number.substr(e + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    const auto read = std::from_chars(power.data(), power.data() + power.size(), shift);
    if (read.ec != std::errc() || read.ptr != power.data() + power.size()) return {};
    number = number.substr(0, e);
  }
  const auto dot = number.find('.');
  std::string digits(number.substr(0, dot));
  const std::string_view behind = dot == number.npos ? "" : number.substr(dot + 1);
  digits += behind;
  if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos) return {};
  // digits x 10^(shift - behind) major units; wanted in minor units.
  if (shift < -longest_shift || shift > longest_shift || behind.size() > longest_shift) return {};
  int power = shift - static_cast<int>(behind.size()) + currency.digits();
  for (; power < 0; ++power) {
    if (digits.empty()) break;
    if (digits.back() != '0') return {};
    digits.pop_back();
  }
  for (; power > 0; --power) digits += '0';
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.size() > 10) return {};
  std::int64_t minor = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), minor);
  if (minor > core::largest_minor) return {};
  return core::Money{is_negative ? -minor : minor, currency};
}

}  // namespace drivers::wire
