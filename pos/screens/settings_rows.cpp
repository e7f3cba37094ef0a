#include "pos/screens/settings_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/text.h"
#include "drivers/printer/profiles.h"
#include "pos/screens/settings_table.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using enum SettingKind;

std::vector<SettingOption> options_of(const SettingSpec& spec, const Words& words) {
  std::vector<SettingOption> options;
  const std::string_view key = spec.key;
  if (key.ends_with(".code_table")) {
    options.push_back({"", std::string(words("As the model"))});
    for (const drivers::CodeTable table : drivers::candidate_tables()) {
      options.push_back({drivers::text_of(table), drivers::text_of(table)});
    }
  }
  if (key == "printer.profile" || key == "printer2.profile") {
    for (const drivers::Profile& profile : drivers::profiles()) {
      options.push_back({std::string(profile.id), std::string(profile.name)});
    }
  }
  for (const SpecOption& option : spec.options) {
    options.push_back({option.value, std::string(words(option.label))});
  }
  return options;
}

std::string shown(const SettingRow& row) {
  for (const SettingOption& option : row.options) {
    if (option.value == row.value) return option.label;
  }
  return row.value;
}

SettingRow row_of(const Scene& scene, const SettingSpec& spec,
                  const std::vector<core::SettingEntry>& entries) {
  const Words& words = scene.words;
  SettingRow row{.key = spec.key, .label = std::string(words(spec.label)), .kind = spec.kind};
  if (*spec.explained) row.explained = words(spec.explained);
  for (const core::SettingEntry& entry : entries) {
    if (entry.key == spec.key) row.value = entry.value;
  }
  row.options = options_of(spec, words);
  row.least = spec.least;
  row.most = spec.most;
  row.may_be_empty = spec.may_be_empty;
  row.shown = shown(row);
  return row;
}

constexpr std::string_view rate_key = "tax.rates#";

std::string percent_entry(core::Rate rate, char decimal_sign) {
  std::string text = core::to_plain(core::Money{rate.basis_points, core::eur});
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  std::replace(text.begin(), text.end(), '.', decimal_sign);
  return text;
}

void add_rates(const Scene& scene, std::vector<SettingRow>& rows) {
  const Words& words = scene.words;
  const auto& rates = scene.till.settings.money.rates;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    SettingRow row{.key = fmt::format("{}{}", rate_key, i), .kind = rate};
    const std::string& code = rates[i].code;
    row.label = code == "standard"  ? words("Standard rate")
                : code == "reduced" ? words("Reduced rate")
                : code == "zero"    ? words("Zero rate")
                                    : std::string_view(code);
    if (!rates[i].valid_from.empty()) {
      row.explained = words.fill("from {}", {rates[i].valid_from});
    }
    row.value = percent_entry(rates[i].rate, decimal_sign(words.language()));
    row.shown = percent_text(rates[i].rate, words.language());
    row.may_be_empty = false;
    rows.push_back(row);
  }
}

// "7,7" or "7.7" are 770 basis points.
std::optional<std::int64_t> basis_points(std::string_view entry) {
  std::string text(core::trim(entry));
  std::replace(text.begin(), text.end(), ',', '.');
  const auto parsed = core::parse_plain(text, core::eur);
  if (!parsed || parsed->minor < 0 || parsed->minor > 10'000) return {};
  return parsed->minor;
}

// All rates with one of them changed, as core keeps them.
std::optional<std::string> rates_with(std::vector<core::TaxRate> rates, std::string_view key,
                                      std::string_view entry) {
  const auto percent = basis_points(entry);
  const std::string_view digits = key.substr(rate_key.size());
  std::size_t index = rates.size();
  std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (!percent || index >= rates.size()) return {};
  rates[index].rate.basis_points = *percent;
  std::string text;
  for (const core::TaxRate& each : rates) {
    if (!text.empty()) text += ';';
    text += fmt::format("{}={}", each.code, each.rate.basis_points);
    if (!each.valid_from.empty()) text += "@" + each.valid_from;
  }
  return text;
}

}  // namespace

std::vector<SettingRow> setting_rows(const Scene& scene, Section section) {
  std::vector<SettingRow> rows;
  const auto entries = core::entries(scene.till.settings);
  for (const SettingSpec& spec : setting_specs()) {
    if (spec.section == section) rows.push_back(row_of(scene, spec, entries));
  }
  if (section == Section::tax) add_rates(scene, rows);
  return rows;
}

std::optional<core::ChangeSetting> changed(const core::Settings& settings, const SettingRow& row,
                                           std::string_view entry) {
  core::ChangeSetting change{row.key, std::string(core::trim(entry))};
  if (change.value.empty() && !row.may_be_empty) return {};
  if (row.kind == rate) {
    const auto rates = rates_with(settings.money.rates, row.key, entry);
    if (!rates) return {};
    change = {"tax.rates", *rates};
  }
  core::Settings tried = settings;
  if (!core::apply(tried, change.key, change.value)) return {};
  return change;
}

std::string objection(const Scene& scene, const SettingRow& row, std::string_view entry) {
  if (changed(scene.till.settings, row, entry)) return "";
  const Words& words = scene.words;
  if (row.kind == number) {
    return words.fill("A number from {0} to {1}.",
                      {std::to_string(row.least), std::to_string(row.most)});
  }
  if (row.kind == rate) return std::string(words("A percentage from 0 to 100."));
  return std::string(words("This must not be empty."));
}

}  // namespace pos
