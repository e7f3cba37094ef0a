#include "pos/screens/settings_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/text.h"
#include "drivers/printer/profiles.h"
#include "pos/screens/rate_sheet.h"
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

void add_rates(const Scene& scene, std::vector<SettingRow>& rows) {
  const Words& words = scene.words;
  const auto& rates = scene.till.settings.money.rates;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const core::TaxRate& rate = rates[i];
    SettingRow row{.key = fmt::format("tax.rates#{}", i), .kind = SettingKind::rate};
    row.label = rate_name(rate, words);
    const std::string& from = rate.valid_from;
    const std::string& until = rate.valid_until;
    if (!from.empty() && !until.empty()) {
      row.explained = words.fill("from {0} to {1}", {from, until});
    } else if (!from.empty()) {
      row.explained = words.fill("from {}", {from});
    } else if (!until.empty()) {
      row.explained = words.fill("until {}", {until});
    }
    row.shown = percent_text(rate.rate, words.language());
    rows.push_back(row);
  }
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
  return std::string(words("This must not be empty."));
}

}  // namespace pos
