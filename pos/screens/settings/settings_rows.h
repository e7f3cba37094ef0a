// Every setting of the till as a row that a shopkeeper can read: its name, what
// it does, what it is now and what it may be. Plain values. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pos/desk/scene.h"

namespace pos {

enum class Section : std::uint8_t {
  devices,
  shop,
  tax,
  till,
  automations,
  mail,
  mails,
  upstream,
  staff,
  fiscal,
  backup,
  check,  // the till looked over
  setup,  // what is still open of the first start
  // Pages of one device, reached from `devices`.
  printer,
  terminal,
  scanner,
  printer2,
  display,
  scale,
  // Pages of the first start: rows of several sections.
  first_country,
  first_shop
};
inline constexpr int section_count = 13;  // of those in the list

// `secret`: kept in the secrets file alone, and not shown; `picture`, `folder`: chosen; `found`:
// a printer that was found, and is taken by a tap; `action`: a tap does it.
enum class SettingKind : std::uint8_t {
  text,
  email,
  number,
  rate,
  choice,
  secret,
  picture,
  folder,
  found,
  action
};

// What an action's row is called.
inline constexpr std::string_view look_in_network = "found#network", set_touch = "touch#set";

struct SettingOption {
  std::string value, label;
  friend bool operator==(const SettingOption&, const SettingOption&) = default;
};

struct SettingRow {
  // Of core/settings/settings.h; of a tax rate "tax.rates#2", the third; of a secret
  // "secret#mail.password".
  std::string key;
  std::string label = {}, explained = {};
  std::string value = {};  // as core keeps it; of a rate nothing
  std::string shown = {};  // in words
  SettingKind kind = SettingKind::text;
  std::vector<SettingOption> options = {};  // of a choice
  std::int64_t least = 0, most = 0;         // of a number
  bool may_be_empty = true;
  friend bool operator==(const SettingRow&, const SettingRow&) = default;
};

std::vector<SettingRow> setting_rows(const Scene& scene, Section section);

// Of a secret: what the secrets file is to hold.
KeepSecret secret_of(const SettingRow& row, std::string_view entry);
// What would be sent to the register, or nothing if `entry` is not possible.
std::optional<core::ChangeSetting> changed(const core::Settings& settings, const SettingRow& row,
                                           std::string_view entry);
// Why `entry` is not possible, in words; empty if it is.
std::string objection(const Scene& scene, const SettingRow& row, std::string_view entry);

}  // namespace pos
