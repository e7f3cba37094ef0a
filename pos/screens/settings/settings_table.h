// The table of all settings that a shop can change on the screen: which section
// each stands in, its name and what it does (English keys), what it may be.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "pos/screens/settings/settings_rows.h"

namespace pos {

struct SpecOption {
  const char* value;
  const char* label;
};

struct SettingSpec {
  Section section;
  const char* key;
  const char* label;
  const char* explained = "";
  SettingKind kind = SettingKind::text;
  std::int64_t least = 0, most = 0;
  std::vector<SpecOption> options = {};
  bool may_be_empty = true;
};

// In the order of the screen.
const std::vector<SettingSpec>& setting_specs();

// What is shown only where another setting has one of these values.
struct SettingNeed {
  std::string_view key, other;
  std::vector<std::string_view> values;
};

const std::vector<SettingNeed>& setting_needs();

}  // namespace pos
