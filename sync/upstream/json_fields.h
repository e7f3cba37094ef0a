// A JSON object while it is being read: every field is judged, and what is
// wrong is noted with the path of the field. Reading goes on after a fault, so
// that all of them are told at once. One thread; lives as long as the reading.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/tax.h"
#include "sync/upstream/order_json.h"

namespace syncing {

// A field that is absent or null has the value `otherwise`; so has one with a
// fault. Amounts, quantities and rates are decimal numbers in quotes.
class Fields {
 public:
  using Json = nlohmann::ordered_json;
  static constexpr std::size_t most_entries = 1000;  // of a list
  static constexpr std::size_t longest_text = 1000;  // bytes

  Fields(const Json& json, std::string path, std::vector<FieldFault>& faults);

  void fault(std::string_view name, std::string what) const;
  const Json* find(std::string_view name) const;

  std::optional<std::string> text(std::string_view name) const;
  std::string text_or(std::string_view name, std::string_view otherwise = "") const;
  std::string required(std::string_view name) const;  // a text that is not empty
  bool flag_or(std::string_view name, bool otherwise) const;
  std::int64_t count_or(std::string_view name, std::int64_t otherwise) const;  // from 1
  core::Money money_or(std::string_view name, core::Money otherwise) const;
  core::Money positive_money(std::string_view name, core::Currency currency) const;   // required
  core::Quantity quantity_or(std::string_view name, core::Quantity otherwise) const;  // above 0
  core::Rate rate_or(std::string_view name, core::Rate otherwise) const;
  std::optional<core::Uuid> id(std::string_view name) const;
  core::Instant instant_or(std::string_view name, core::Instant otherwise) const;

  template <class Value, std::size_t n>
  Value one_of(std::string_view name, Value otherwise,
               const std::array<std::pair<std::string_view, Value>, n>& choices) const {
    const auto said = text(name);
    if (!said) return otherwise;
    std::string wanted;
    for (const auto& [word, value] : choices) {
      if (word == *said) return value;
      wanted += (wanted.empty() ? "" : ", ") + std::string(word);
    }
    fault(name, fmt::format("\"{}\" is none of: {}", *said, wanted));
    return otherwise;
  }

  // Calls `read(fields, position)` for each entry of a list.
  template <class Read>
  void each(std::string_view name, Read read) const {
    const Json* list = find(name);
    if (!list || !is_list(name, *list)) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      read(Fields((*list)[i], fmt::format("{}[{}]", path_of(name), i), faults_), i);
    }
  }

  // Calls `read(fields)` for an object inside, if there is one.
  template <class Read>
  void inside(std::string_view name, Read read) const {
    if (const Json* json = find(name)) read(Fields(*json, path_of(name), faults_));
  }

 private:
  std::string path_of(std::string_view name) const;
  bool is_list(std::string_view name, const Json& json) const;

  const Json& json_;
  std::string path_;
  std::vector<FieldFault>& faults_;
};

}  // namespace syncing
