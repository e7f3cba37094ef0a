// A JSON object while it is being read: every field is judged, and what is
// wrong is noted with the path of the field. Reading goes on, so that all of it is
// told at once. One thread; lives as long as the reading.
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
#include "core/tax/tax.h"
#include "sync/upstream/json/order_json.h"

namespace syncing {

// What was found wrong. With a fault there is no order; with a doubt there is one
// that a person must look at.
struct Findings {
  std::vector<FieldFault> faults, doubts;
  bool was_mended = false;  // letters of the file were broken, and are U+FFFD now
};

// A field that is absent or null has the value `otherwise`; so has one that cannot be
// read, which is a doubt. Amounts, quantities and rates are decimal numbers in quotes;
// without quotes they are taken as well.
class Fields {
 public:
  using Json = nlohmann::ordered_json;
  static constexpr std::size_t most_entries = 1000;  // of a list
  static constexpr std::size_t longest_text = 1000;  // bytes

  Fields(const Json& json, std::string path, Findings& found);

  void fault(std::string_view name, std::string what) const;
  void doubt(std::string_view name, std::string what) const;
  std::size_t doubts() const { return found_.doubts.size(); }  // so far
  const Json* find(std::string_view name) const;

  // In one line, without blanks at its ends; `prose` keeps its lines.
  std::optional<std::string> text(std::string_view name) const;
  std::string prose(std::string_view name) const;
  std::string text_or(std::string_view name, std::string_view otherwise = "") const;
  std::string required(std::string_view name) const;  // a text that is not empty
  bool flag_or(std::string_view name, bool otherwise) const;
  std::int64_t count_or(std::string_view name, std::int64_t otherwise) const;  // from 1
  core::Money money_or(std::string_view name, core::Money otherwise) const;
  // A sum of money that must be there; below zero it is a doubt, and taken.
  core::Money positive_money(std::string_view name, core::Currency currency) const;
  // Above zero, in thousandths; finer ones are rounded and a doubt, others are zero.
  core::Quantity quantity_or(std::string_view name, core::Quantity otherwise) const;
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
    doubt(name, "is none of: " + wanted);
    return otherwise;
  }

  // Calls `read(fields, position)` for each entry of a list.
  template <class Read>
  void each(std::string_view name, Read read) const {
    const Json* list = find(name);
    if (!list || !is_list(name, *list)) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      read(Fields((*list)[i], fmt::format("{}[{}]", path_of(name), i), found_), i);
    }
  }

  // Calls `read(fields)` for an object inside, if there is one.
  template <class Read>
  void inside(std::string_view name, Read read) const {
    if (const Json* json = find(name)) read(Fields(*json, path_of(name), found_));
  }

 private:
  std::string path_of(std::string_view name) const;
  std::string said_at(std::string_view name) const;
  std::optional<std::string> raw_text(std::string_view name) const;
  bool is_list(std::string_view name, const Json& json) const;

  const Json& json_;
  std::string path_;
  Findings& found_;
};

}  // namespace syncing
