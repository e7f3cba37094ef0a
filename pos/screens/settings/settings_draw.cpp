// How the settings look: the sections on the left (above, upright), what the
// chosen one holds on the right.
#include "pos/screens/settings/settings_draw.h"

#include <algorithm>
#include <array>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/buttons.h"
#include "pos/ui/lists.h"
#include "pos/ui/panels.h"

namespace pos {

namespace {

struct TitleButton {
  ui::Button button;
  SettingsTap::Kind kind = SettingsTap::Kind::none;
};

// The one button at the right of the title, if there is any.
std::optional<TitleButton> title_button(const SettingsView& view) {
  struct Choice {
    const std::string& label;
    SettingsTap::Kind kind;
    ui::ButtonKind look;
    ui::Icon icon;
  };
  // The printer is the first of the devices.
  const std::array<Choice, 12> choices{{
      {view.add_rate, SettingsTap::Kind::add_rate, ui::ButtonKind::main, ui::icons::add},
      {view.add_staff, SettingsTap::Kind::add_staff, ui::ButtonKind::main, ui::icons::add},
      {view.connect, SettingsTap::Kind::connect, ui::ButtonKind::main, ui::icons::cloud_sync},
      {view.try_rules, SettingsTap::Kind::try_rules, ui::ButtonKind::neutral,
       ui::icons::fact_check},
      {view.try_mail, SettingsTap::Kind::try_mail, ui::ButtonKind::neutral,
       ui::icons::mail_outline},
      {view.show_mails, SettingsTap::Kind::show_mails, ui::ButtonKind::neutral,
       ui::icons::mark_email_read},
      {view.upkeep, SettingsTap::Kind::upkeep, ui::ButtonKind::main, ui::icons::contactless},
      {view.fiscal, SettingsTap::Kind::fiscal, ui::ButtonKind::main, ui::icons::verified_user},
      {view.back_up, SettingsTap::Kind::back_up, ui::ButtonKind::main, ui::icons::backup},
      {view.make_code, SettingsTap::Kind::make_code, ui::ButtonKind::main, ui::icons::lock},
      {view.check_again, SettingsTap::Kind::check_again, ui::ButtonKind::neutral,
       ui::icons::refresh},
      {view.test_slip, SettingsTap::Kind::action, ui::ButtonKind::neutral, ui::icons::receipt},
  }};
  for (const Choice& choice : choices) {
    if (choice.label.empty()) continue;
    return TitleButton{{.label = choice.label, .kind = choice.look, .icon = choice.icon},
                       choice.kind};
  }
  return {};
}

// Returns its width.
int draw_title_button(ui::Ui& ui, const ui::Rect& row, const SettingsView& view, SettingsTap& tap) {
  const auto choice = title_button(view);
  if (!choice) return 0;
  const int width = ui::button_width(ui, choice->button);
  if (ui::button(ui, {row.right() - width, row.y, width, 56}, choice->button)) {
    tap = {.kind = choice->kind, .index = 0};
  }
  return width + 16;
}

SettingsTap draw_title(ui::Ui& ui, const SettingsView& view) {
  SettingsTap tap;
  ui::Rect row = title_row(page_of(ui));
  row.w -= draw_title_button(ui, row, view, tap);
  if (!view.back.empty()) {
    if (ui::button(ui, {row.x, row.y, 56, 56},
                   {.label = view.back,
                    .icon = ui::icons::arrow_back,
                    .key = ui::Key::escape,
                    .is_icon_only = true})) {
      tap.kind = SettingsTap::Kind::back;
    }
    row.x += 72;
    row.w -= 72;
  }
  const int title = ui::text_width(ui, view.title, ui::Size::t3, ui::Weight::semibold);
  ui::text(ui, row, view.title, {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  if (row.w - title - 12 >= ui::text_width(ui, view.second)) {
    ui::text(ui, {row.x + title + 12, row.y + 2, row.w - title - 12, row.h}, view.second,
             {.colour = ui::Colour::text_2});
  }
  return tap;
}

SettingsTap draw_list(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view) {
  SettingsTap tap;
  ui::card(ui, rect);
  const int n = static_cast<int>(view.sections.size());
  const int step = std::clamp((rect.h - 16) / n, 56, 64);
  const ui::ScrollArea area(ui, {rect.x, rect.y + 8, rect.w, rect.h - 16}, "settings-sections",
                            n * step);
  for (int i = 0; i < n; ++i) {
    const auto& entry = view.sections[static_cast<std::size_t>(i)];
    if (ui::row(ui, {rect.x + 8, area.y(rect.y + 8 + i * step), rect.w - 16, 56},
                {.title = entry.label,
                 .icon = entry.icon,
                 .is_selected = entry.is_selected,
                 .has_separator = false})) {
      tap = {.kind = SettingsTap::Kind::section, .index = i};
    }
  }
  return tap;
}

SettingsTap draw_chips(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view) {
  std::vector<ui::Chip> chips;
  for (const auto& entry : view.sections) {
    chips.push_back({.label = entry.label, .icon = entry.icon, .is_selected = entry.is_selected});
  }
  const auto chosen = ui::chips(ui, rect, chips, "settings-sections");
  return chosen ? SettingsTap{.kind = SettingsTap::Kind::section, .index = *chosen} : SettingsTap{};
}

SettingsTap draw_content(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view) {
  if (!view.devices.empty()) return draw_devices(ui, rect, view);
  if (!view.add_staff.empty()) return draw_staff(ui, rect, view);
  if (!view.steps.empty()) return draw_steps(ui, rect, view);
  if (!view.check_again.empty()) return draw_checks(ui, rect, view);
  return draw_rows(ui, rect, view);
}

SettingsTap draw_sheets(ui::Ui& ui, const SettingsView& view, SettingsInput& input) {
  SettingsTap tap;
  if (view.staff_sheet) {
    tap.staff = draw(ui, *view.staff_sheet, *input.staff);
  } else if (view.rules_sheet) {
    tap.rules = draw(ui, *view.rules_sheet);
  } else if (view.connect_sheet) {
    tap.connect = draw(ui, *view.connect_sheet, *input.connect);
  } else if (view.mails_sheet) {
    tap.mails = draw(ui, *view.mails_sheet);
  } else if (view.mail_trial) {
    tap.mail_trial = draw(ui, *view.mail_trial, *input.mail_trial);
  } else if (view.terminal_sheet) {
    tap.terminal = draw(ui, *view.terminal_sheet);
  } else if (view.signing_sheet) {
    tap.signing = draw(ui, *view.signing_sheet, input.signing->face);
  } else if (view.fiscal_sheet) {
    tap.fiscal = draw(ui, *view.fiscal_sheet);
  } else if (view.code) {
    const WaysTap code = draw(ui, *view.code);
    if (code != WaysTap::none) tap.kind = SettingsTap::Kind::code_written;
  } else if (view.rate) {
    tap.rate = draw(ui, *view.rate, input.rate->text);
  } else if (view.choice) {
    tap = draw_options(ui, view);
  } else if (view.text) {
    const TextSheetTap text = draw(ui, *view.text, input.text);
    if (text == TextSheetTap::confirm) tap.kind = SettingsTap::Kind::confirm_text;
    if (text == TextSheetTap::dismiss) tap.kind = SettingsTap::Kind::dismiss;
  }
  return tap;
}

bool is_any(const SettingsTap& tap) {
  return tap.kind != SettingsTap::Kind::none || tap.staff.kind != StaffSheetTap::Kind::none ||
         tap.connect.kind != ConnectTap::Kind::none || tap.rules.is_closed || tap.rules.row ||
         tap.rules.is_accepted || tap.rate != TextSheetTap::none ||
         tap.mail_trial != TextSheetTap::none || tap.mails.is_any() ||
         tap.terminal.kind != TerminalSheetTap::Kind::none ||
         tap.fiscal.kind != FiscalSheetTap::Kind::none ||
         tap.signing.kind != ConnectTap::Kind::none;
}

}  // namespace

int title_button_width(ui::Ui& ui, const SettingsView& view) {
  const auto choice = title_button(view);
  return choice ? ui::button_width(ui, choice->button) + 16 : 0;
}

SettingsTap draw_page(ui::Ui& ui, const PagePlace& place, const SettingsView& view,
                      SettingsInput& input) {
  SettingsTap tap;
  draw_title_button(ui, place.title, view, tap);
  const SettingsTap content = draw_content(ui, place.body, view);
  if (is_any(content)) tap = content;
  const SettingsTap sheet = draw_sheets(ui, view, input);
  return is_any(sheet) ? sheet : tap;
}

SettingsTap draw(ui::Ui& ui, const SettingsView& view, SettingsInput& input) {
  SettingsTap tap = draw_title(ui, view);
  const auto take = [&](const SettingsTap& other) {
    if (is_any(other)) tap = other;
  };
  const ui::Rect body = below_title(page_of(ui));
  const int gap = card_gap(ui);
  if (ui.is_portrait()) {
    take(draw_chips(ui, {body.x, body.y, body.w, 56}, view));
    take(draw_content(ui, {body.x, body.y + 56 + gap, body.w, body.h - 56 - gap}, view));
  } else {
    const int list = std::min(has_large_text(ui) ? 296 : 240, body.w / 3);
    take(draw_list(ui, {body.x, body.y, list, body.h}, view));
    take(draw_content(ui, {body.x + list + gap, body.y, body.w - list - gap, body.h}, view));
  }
  take(draw_sheets(ui, view, input));
  return tap;
}

}  // namespace pos
