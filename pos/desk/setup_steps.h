// What a shop settles to make the till its own, in the order of the first start, and what of it
// is still open. Pure.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings/settings_commands.h"
#include "core/snapshot.h"

namespace pos {

enum class SetupStep : std::uint8_t {
  country,
  shop,
  articles,
  printer,
  terminal,
  platform,
  mail,
  staff,
  cash,
};
inline constexpr std::array all_setup_steps{
    SetupStep::country, SetupStep::shop,     SetupStep::articles,
    SetupStep::printer, SetupStep::terminal, SetupStep::platform,
    SetupStep::mail,    SetupStep::staff,    SetupStep::cash};
std::string_view word(SetupStep step);  // "printer", as in the setting setup.done

// A shop may do without it: that is as good as done.
bool is_optional(SetupStep step);
bool is_left_out(const core::Settings& settings, SetupStep step);
bool is_done(const core::Snapshot& till, SetupStep step);
std::vector<SetupStep> open_steps(const core::Snapshot& till);

// The shop does without it.
core::ChangeSetting leave_out(const core::Settings& settings, SetupStep step);

}  // namespace pos
