#include "pos/screens/settings/settings_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/text.h"
#include "drivers/printer/profiles.h"
#include "pos/screens/settings/rate_sheet.h"
#include "pos/screens/settings/settings_table.h"
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

std::string_view value_of(const std::vector<core::SettingEntry>& entries, std::string_view key) {
  const auto entry = std::ranges::find(entries, key, &core::SettingEntry::key);
  return entry == entries.end() ? std::string_view() : entry->value;
}

bool applies(std::string_view key, const std::vector<core::SettingEntry>& entries) {
  const auto need = std::ranges::find(setting_needs(), key, &SettingNeed::key);
  return need == setting_needs().end() ||
         std::ranges::count(need->values, value_of(entries, need->other)) > 0;
}

std::string shown(const SettingRow& row) {
  for (const SettingOption& option : row.options) {
    if (option.value == row.value) return option.label;
  }
  return row.value;
}

constexpr std::string_view secret_key = "secret#";

bool is_kept(const Scene& scene, std::string_view key) {
  return std::ranges::count(scene.devices.secrets, key.substr(secret_key.size())) > 0;
}

SettingRow row_of(const Scene& scene, const SettingSpec& spec,
                  const std::vector<core::SettingEntry>& entries) {
  const Words& words = scene.words;
  SettingRow row{.key = spec.key, .label = std::string(words(spec.label)), .kind = spec.kind};
  if (*spec.explained) row.explained = words(spec.explained);
  row.value = value_of(entries, spec.key);
  row.options = options_of(spec, words);
  row.least = spec.least;
  row.most = spec.most;
  row.may_be_empty = spec.may_be_empty;
  row.shown = shown(row);
  if (spec.kind == SettingKind::secret && is_kept(scene, row.key)) row.shown = "••••••";
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

const char* explained(TrialState search) {
  switch (search) {
    case TrialState::running:
      return "Looking …";
    case TrialState::bad:
      return "No printer answered. Is it switched on, and in the same network?";
    case TrialState::none:
    case TrialState::good:
      break;
  }
  return "Asks every device in the network of this till. It takes some seconds.";
}

// The printers that were found, before the rows of the one that is set.
void add_found(const Scene& scene, std::vector<SettingRow>& rows) {
  const Words& words = scene.words;
  const core::PrinterSettings& printer = scene.till.settings.printer;
  const auto& found = scene.devices.found_printers;
  for (std::size_t i = 0; i < found.size(); ++i) {
    SettingRow row{.key = fmt::format("found#{}", i), .kind = SettingKind::found};
    row.label = found[i].product;
    row.value = found[i].address;
    const bool is_used = printer.kind == found[i].kind && printer.address == found[i].address;
    row.explained = found[i].kind == "usb" ? std::string(words("Found at USB"))
                                           : words.fill("Found at {}", {found[i].address});
    row.shown = words(is_used ? "In use" : "Take it");
    rows.push_back(row);
  }
  SettingRow search{.key = std::string(look_in_network), .kind = SettingKind::action};
  search.label = words("Printers in the network");
  search.explained = words(explained(scene.devices.network_search));
  search.shown = words("Look for them");
  rows.push_back(search);
}

void add_touch(const Scene& scene, std::vector<SettingRow>& rows) {
  SettingRow touch{.key = std::string(set_touch), .kind = SettingKind::action};
  touch.label = scene.words("Touch screen");
  touch.explained = scene.words("For touches that land beside the finger");
  touch.shown = scene.words("Set right");
  rows.push_back(touch);
}

constexpr std::string_view label_key = "scanner.labels#";

const char* meaning_of(const core::EmbeddedRule& rule) {
  switch (rule.kind) {
    case core::EmbeddedKind::price:
      return "The item, then the price";
    case core::EmbeddedKind::weight:
      return "The item, then the weight in grams";
    case core::EmbeddedKind::count:
      return "The item, then how many";
  }
  return "";
}

// The rules of the scale's labels, and one row for a further one.
void add_labels(const Scene& scene, std::vector<SettingRow>& rows) {
  const Words& words = scene.words;
  const auto& labels = scene.till.settings.scanner.labels;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    SettingRow row{.key = fmt::format("{}{}", label_key, i)};
    row.label = words.fill("Labels with {}", {labels[i].prefix});
    row.explained = words(meaning_of(labels[i]));
    row.value = row.shown = core::to_text(labels[i]);
    rows.push_back(row);
  }
  SettingRow more{.key = fmt::format("{}{}", label_key, labels.size())};
  more.label = words("Further label");
  more.explained = words("As in 26 IIIII GGGGG: I item, x passed over, P price, G grams, N pieces");
  rows.push_back(more);
}

// The whole table with `entry` in the place of this row.
core::ChangeSetting changed_labels(const core::Settings& settings, std::string_view key,
                                   std::string_view entry) {
  std::vector<std::string> lines;
  for (const core::EmbeddedRule& rule : settings.scanner.labels) {
    lines.push_back(core::to_text(rule));
  }
  std::size_t at = lines.size();
  key.remove_prefix(label_key.size());
  std::from_chars(key.data(), key.data() + key.size(), at);
  if (at >= lines.size()) {
    at = lines.size();
    lines.emplace_back();
  }
  lines[at] = entry;
  return {"scanner.labels", fmt::format("{}", fmt::join(lines, "; "))};
}

// What the first start asks, in its order; empty: it is a section of its own.
std::vector<std::string_view> first_keys(const core::Settings& settings, Section section) {
  if (section == Section::first_shop) {
    return {"shop.name",       "shop.street", "shop.postcode",   "shop.city",
            "shop.tax_number", "shop.vat_id", "shop.phone",      "shop.website",
            "shop.logo",       "shop.footer", "printer.profile", "till.id"};
  }
  if (section != Section::first_country) return {};
  std::vector<std::string_view> keys{"shop.country",  "till.language",  "shop.language",
                                     "shop.currency", "shop.time_zone", "tax.mode"};
  if (settings.shop.country == "DE") {
    keys.insert(keys.begin() + 1,
                {"fiscal.device", "fiscal.address", "fiscal.device_id", "fiscal.client_id"});
  }
  return keys;
}

}  // namespace

std::vector<SettingRow> setting_rows(const Scene& scene, Section section) {
  std::vector<SettingRow> rows;
  const auto entries = core::entries(scene.till.settings);
  if (section == Section::printer) add_found(scene, rows);
  for (const std::string_view key : first_keys(scene.till.settings, section)) {
    const auto& specs = setting_specs();
    const auto spec = std::ranges::find(specs, key, &SettingSpec::key);
    if (spec == specs.end() || !applies(key, entries)) continue;
    rows.push_back(row_of(scene, *spec, entries));
  }
  for (const SettingSpec& spec : setting_specs()) {
    if (spec.section != section || !applies(spec.key, entries)) continue;
    rows.push_back(row_of(scene, spec, entries));
  }
  if (section == Section::till) add_touch(scene, rows);
  if (section == Section::tax) add_rates(scene, rows);
  if (section == Section::scanner) add_labels(scene, rows);
  return rows;
}

KeepSecret secret_of(const SettingRow& row, std::string_view entry) {
  const std::string name = row.key.substr(secret_key.size());
  const auto dot = name.find('.');
  return {name.substr(0, dot), name.substr(dot + 1), std::string(core::trim(entry))};
}

std::optional<core::ChangeSetting> changed(const core::Settings& settings, const SettingRow& row,
                                           std::string_view entry) {
  core::ChangeSetting change{row.key, std::string(core::trim(entry))};
  if (row.key.starts_with(label_key)) change = changed_labels(settings, row.key, change.value);
  if (change.value.empty() && !row.may_be_empty) return {};
  core::Settings tried = settings;
  if (!core::apply(tried, change.key, change.value)) return {};
  return change;
}

std::string objection(const Scene& scene, const SettingRow& row, std::string_view entry) {
  const Words& words = scene.words;
  if (row.kind == SettingKind::secret) {
    return std::string(core::trim(entry).empty() ? words("This must not be empty.") : "");
  }
  if (changed(scene.till.settings, row, entry)) return "";
  if (row.kind == number) {
    return words.fill("A number from {0} to {1}.",
                      {std::to_string(row.least), std::to_string(row.most)});
  }
  if (row.key.starts_with(label_key)) {
    return std::string(words("A prefix and letters for twelve digits in all, each prefix once."));
  }
  if (row.kind == email && !core::trim(entry).empty()) {
    return std::string(words("This is not an e-mail address."));
  }
  return std::string(words("This must not be empty."));
}

}  // namespace pos
