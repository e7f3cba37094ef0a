#include "pos/screens/settings/settings_screen.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/catalogue/gs1.h"
#include "pos/screens/parts/role_words.h"
#include "pos/screens/settings/settings_devices.h"

namespace pos {

namespace {

bool is_page(Section section) {
  return static_cast<int>(section) >= section_count;
}

void add_staff(const Scene& scene, SettingsView& view) {
  const Words& words = scene.words;
  view.add_staff = words("Add cashier");
  for (const core::Cashier& cashier : scene.till.staff) {
    const std::string& language =
        cashier.language.empty() ? scene.till.settings.till.language : cashier.language;
    SettingsView::Person person{.row = cashier.row, .name = cashier.name};
    person.second = role_name(core::role_of(scene.till.roles, cashier.role), words) + " · " +
                    std::string(name_of(language_from(language)));
    if (cashier.has_badge) person.second += " · " + std::string(words("Badge"));
    person.initials = core::initials(cashier.name);
    person.category = ui::category_of(cashier.name.data(), cashier.name.size());
    view.staff.push_back(person);
  }
  if (view.staff.empty()) {
    view.no_staff = words("Nobody has to sign in yet. Add a manager first, then those who sell.");
  } else {
    for (const core::StaffRole& role : scene.till.roles) {
      view.extras.push_back({"role-" + std::to_string(static_cast<std::int64_t>(role.role)),
                             words.fill("Role: {}", {role_name(role, words)}),
                             limits_text(role, words), ui::icons::badge});
    }
    view.extras.push_back({"role-new", std::string(words("New role")),
                           std::string(words("Begins with what cashiers may")), ui::icons::add});
  }
  const bool is_on = scene.till.training;
  view.extras.push_back({"training", std::string(words(is_on ? "End training" : "Begin training")),
                         std::string(words(is_on ? "Then everything that is rung up counts again"
                                                 : "Nothing that is rung up then counts")),
                         ui::icons::fact_check});
}

std::string explanation(const Scene& scene, Section section) {
  const Words& words = scene.words;
  switch (section) {
    case Section::mail:
      return std::string(
          words("The password is not shown here and not kept with these settings: "
                "it stands in the file secrets.toml in the till's data folder, "
                "which only the till may read."));
    case Section::upstream:
      return std::string(
          words("Orders that are placed here go to the platform, and its online orders come here. "
                "With a folder each order is a file: in upstream/outbox of the till's data folder, "
                "and from upstream/inbox."));
    case Section::automations:
      return std::string(
          words("Each rule looks at an order as it stands and can be tried first. Orders that are "
                "picked up in the shop are never fulfilled by a rule. Where the platform has the "
                "same rule on, leave ours off."));
    case Section::mails:
      return std::string(
          words("A mail is sent by one only: where two tills or the platform share an online shop, "
                "say here who it is."));
    case Section::fiscal:
      return std::string(
          words("In Germany every receipt is signed by a security device (TSE). PINs and keys "
                "stand in the file secrets.toml in the till's data folder. Once a receipt was "
                "signed the country stays."));
    case Section::scanner:
      return std::string(
          words("What the labels of the shop's scale carry stands behind their first digits. An "
                "emptied line is removed."));
    case Section::tax:
      return std::string(
          words("A changed rate holds for orders from now on; what was sold keeps "
                "the rate of its day."));
    default:
      return "";
  }
}

ui::KeyboardKind keyboard_of(SettingKind kind) {
  if (kind == SettingKind::email) return ui::KeyboardKind::email;
  return kind == SettingKind::number ? ui::KeyboardKind::number : ui::KeyboardKind::text;
}

TextSheetView text_sheet(const Scene& scene, const SettingsInput& input, const SettingRow& row) {
  const Words& words = scene.words;
  TextSheetView sheet;
  sheet.title = row.label;
  sheet.explained = row.explained;
  sheet.placeholder = row.may_be_empty ? words("Empty") : words("Required");
  sheet.confirm = words("Save");
  sheet.close = words("Close");
  sheet.kind = keyboard_of(row.kind);
  sheet.layout = layout_of(words);
  sheet.why_not = objection(scene, row, input.text.value);
  sheet.can_confirm = sheet.why_not.empty();
  return sheet;
}

void add_sheet(const Scene& scene, const SettingsInput& input, SettingsView& view) {
  if (input.staff) {
    view.staff_sheet = present(scene, *input.staff);
    return;
  }
  if (input.rules.is_open) {
    view.rules_sheet = present(scene, input.rules);
    return;
  }
  if (input.connect) {
    view.connect_sheet = present(scene, *input.connect);
    return;
  }
  if (input.mails) {
    view.mails_sheet = present(scene, *input.mails);
    return;
  }
  if (input.mail_trial) {
    view.mail_trial = mail_trial_sheet(scene, *input.mail_trial);
    return;
  }
  if (input.rate) {
    view.rate = present(scene, *input.rate);
    return;
  }
  if (input.shows_terminal) {
    view.terminal_sheet = present_terminal(scene);
    return;
  }
  if (input.signing) {
    view.signing_sheet = present(scene, *input.signing);
    return;
  }
  if (input.shows_fiscal) {
    view.fiscal_sheet = present_fiscal(scene);
    return;
  }
  for (const SettingRow& row : view.rows) {
    if (row.key != input.editing) continue;
    if (row.kind == SettingKind::choice) {
      view.choice = row;
    } else {
      view.text = text_sheet(scene, input, row);
    }
  }
}

}  // namespace

bool take_badge(const std::string& code, SettingsInput& input) {
  if (!input.staff || input.staff->step != StaffStep::badge) return false;
  input.staff->badge.value = core::without_symbology(code);
  return true;
}

Questions wants(const Scene& scene, const SettingsInput& input) {
  return wants(scene, input.rules);
}

SettingsView present(const Scene& scene, const SettingsInput& input) {
  const Words& words = scene.words;
  SettingsView view;
  const SectionFace& face = face_of(input.section);
  view.title = words(face.label);
  if (*face.second) view.second = words(face.second);
  for (int i = 0; i < section_count; ++i) {
    const auto section = static_cast<Section>(i);
    const bool is_selected =
        section == input.section || (section == Section::devices && is_page(input.section));
    view.sections.push_back(
        {std::string(words(face_of(section).label)), face_of(section).icon, is_selected});
  }
  if (is_page(input.section)) view.back = words("Back");
  view.tune = words("Set up");
  view.close = words("Close");
  view.empty_value = words("not set");
  view.explained = explanation(scene, input.section);
  view.rows = setting_rows(scene, input.section);
  if (input.section == Section::devices) view.devices = device_cards(scene);
  if (input.section == Section::printer) {
    view.test_slip = words(is_printer_simulated(scene) ? "Test slip" : "Set-up slip");
  }
  if (input.section == Section::terminal && scene.till.settings.terminal.kind != "none") {
    view.upkeep = words("Test and upkeep");
  }
  if (input.section == Section::tax) view.add_rate = words("Add tax rate");
  if (input.section == Section::staff) add_staff(scene, view);
  if (input.section == Section::upstream) view.connect = words("Connect …");
  if (input.section == Section::automations) view.try_rules = words("Try it out");
  if (input.section == Section::mail) {
    view.try_mail = words("Send a test mail …");
    if (const std::string told = mail_trial_words(scene); !told.empty()) view.explained = told;
  }
  if (input.section == Section::fiscal && scene.till.signing.is_wanted) {
    view.fiscal = words("State and test");
  }
  if (input.section == Section::mails) view.show_mails = words("Show the mails");
  add_sheet(scene, input, view);
  return view;
}

namespace {

std::string label_of(const SettingRow& row, const std::string& value) {
  for (const SettingOption& option : row.options)
    if (option.value == value) return row.label + ": " + option.label;
  return row.label;
}

Reaction change(const Scene& scene, const SettingRow& row, const std::string& value,
                SettingsInput& input) {
  if (value == row.value) return {};
  const auto changed = pos::changed(scene.till.settings, row, value);
  if (!changed) return {};
  if (switches_on(*changed, scene.till.settings.rules)) {
    input.rules = try_change(scene, *changed, label_of(row, value));
    return {};
  }
  return say(*changed);
}

Reaction act(const Scene& scene, int index, SettingsInput& input) {
  const DeviceCard device = device_cards(scene)[static_cast<std::size_t>(index)];
  if (device.page == Section::terminal) {
    input.shows_terminal = true;
    return say(core::ServeTerminal{core::TerminalWork::connection_test});
  }
  if (device.test) return say(core::TryDevice{*device.test});
  if (device.icon == ui::icons::inbox) {
    return say(core::OpenDrawerByHand{std::string(scene.words("Test"))});
  }
  Reaction reaction;
  reaction.slip = SlipWish{sample_receipt(scene), core::SlipForm::original};
  return reaction;
}

Reaction try_out(core::DeviceTest test, const Scene& scene) {
  Reaction reaction = say(core::TryDevice{test});
  reaction.toast = scene.words("Choose the table of the line that reads right.");
  return reaction;
}

Reaction add_cashier(const StaffSheetTap& tap, const Scene& scene, SettingsInput& input) {
  if (!input.staff) return {};
  Reaction reaction = react(tap, scene, *input.staff);
  const bool is_over = !reaction.is_empty() || tap.kind == StaffSheetTap::Kind::dismiss;
  if (is_over) input.staff.reset();
  return reaction;
}

Reaction edit_rate(TextSheetTap tap, const Scene& scene, SettingsInput& input) {
  if (!input.rate) return {};
  Reaction reaction = react(tap, scene, *input.rate);
  if (!reaction.is_empty() || tap == TextSheetTap::dismiss) input.rate.reset();
  return reaction;
}

void open(Section section, SettingsInput& input) {
  input.section = section;
  input.editing.clear();
}

}  // namespace

Reaction react(const SettingsTap& tap, const Scene& scene, SettingsInput& input) {
  if (tap.staff.kind != StaffSheetTap::Kind::none) return add_cashier(tap.staff, scene, input);
  if (tap.connect.kind != ConnectTap::Kind::none && input.connect) {
    SheetResult result = react(tap.connect, scene, *input.connect);
    if (result.is_closed) input.connect.reset();
    return std::move(result.reaction);
  }
  if (input.rules.is_open) return react(tap.rules, present(scene, input.rules), input.rules);
  if (input.mails && tap.mails.is_any()) {
    if (react(tap.mails, scene, *input.mails)) input.mails.reset();
    return {};
  }
  if (input.mail_trial && tap.mail_trial != TextSheetTap::none) {
    Reaction reaction;
    if (tap.mail_trial == TextSheetTap::confirm) reaction.mail_trial = input.mail_trial->value;
    input.mail_trial.reset();
    return reaction;
  }
  if (tap.terminal.kind != TerminalSheetTap::Kind::none) {
    SheetResult result = react(tap.terminal, present_terminal(scene));
    if (result.is_closed) input.shows_terminal = false;
    return std::move(result.reaction);
  }
  if (tap.signing.kind != ConnectTap::Kind::none && input.signing) {
    SheetResult result = react(tap.signing, scene, *input.signing);
    if (result.is_closed) input.signing.reset();
    return std::move(result.reaction);
  }
  if (tap.fiscal.kind == FiscalSheetTap::Kind::set_up) {
    OpenedSigningSheet opened = open_signing_sheet();
    input.signing = std::move(opened.input);
    return std::move(opened.reaction);
  }
  if (tap.fiscal.kind != FiscalSheetTap::Kind::none) {
    SheetResult result = react(tap.fiscal, scene);
    if (result.is_closed) input.shows_fiscal = false;
    return std::move(result.reaction);
  }
  if (tap.rate != TextSheetTap::none) return edit_rate(tap.rate, scene, input);
  const auto rows = setting_rows(scene, input.section);
  const auto index = static_cast<std::size_t>(tap.index);
  switch (tap.kind) {
    case SettingsTap::Kind::none:
      return {};
    case SettingsTap::Kind::section:
      open(static_cast<Section>(tap.index), input);
      return {};
    case SettingsTap::Kind::back:
      open(Section::devices, input);
      return {};
    case SettingsTap::Kind::tune:
      open(device_cards(scene)[index].page, input);
      return {};
    case SettingsTap::Kind::action:
      if (input.section == Section::printer && !is_printer_simulated(scene))
        return try_out(core::DeviceTest::code_tables, scene);
      return act(scene, tap.index, input);
    case SettingsTap::Kind::row:
      if (rows[index].kind == SettingKind::rate) {
        const std::size_t others = rows.size() - scene.till.settings.money.rates.size();
        input.rate = change_rate(scene, index - others);
        return {};
      }
      input.editing = rows[index].key;
      input.text = {.value = rows[index].value, .keyboard = {}};
      return {};
    case SettingsTap::Kind::option:
      input.editing.clear();
      return change(scene, rows[index],
                    rows[index].options[static_cast<std::size_t>(tap.option)].value, input);
    case SettingsTap::Kind::dismiss:
      input.editing.clear();
      return {};
    case SettingsTap::Kind::add_staff:
      input.staff.emplace();
      return {};
    case SettingsTap::Kind::try_rules:
      input.rules = try_rules(scene.till.settings.rules, scene.instant);
      return {};
    case SettingsTap::Kind::connect:
      input.connect.emplace();
      return {};
    case SettingsTap::Kind::person:
      if (index < scene.till.staff.size()) input.staff = change_cashier(scene.till.staff[index]);
      return {};
    case SettingsTap::Kind::extra: {
      const auto& roles = scene.till.roles;
      const std::size_t count = scene.till.staff.empty() ? 0 : roles.size();
      if (index < count) {
        input.role = change_role(roles[index]);
      } else if (index == count && count > 0) {
        input.role = new_role(scene);
      } else {
        return scene.till.training ? say(core::EndTraining{}) : say(core::StartTraining{});
      }
      return {};
    }
    case SettingsTap::Kind::add_rate:
      input.rate = new_rate();
      return {};
    case SettingsTap::Kind::try_mail: {
      const std::string& to = scene.till.settings.mails.to;
      input.mail_trial = TextSheetInput{to.substr(0, to.find(',')), {}};
      return {};
    }
    case SettingsTap::Kind::show_mails:
      input.mails = open_mails(scene);
      return {};
    case SettingsTap::Kind::upkeep:
      input.shows_terminal = true;
      return {};
    case SettingsTap::Kind::fiscal:
      input.shows_fiscal = true;
      return {};
    case SettingsTap::Kind::confirm_text:
      break;
  }
  for (const SettingRow& row : rows) {
    if (row.key != input.editing) continue;
    input.editing.clear();
    return change(scene, row, input.text.value, input);
  }
  return {};
}

Reaction run(ui::Ui& ui, const Scene& scene, SettingsInput& input) {
  if (Reaction settled = settle(scene, input.rules); !settled.is_empty()) return settled;
  if (input.role) {
    // The page stands behind its sheet and takes no touch.
    [[maybe_unused]] const SettingsTap none = draw(ui, present(scene, input), input);
    SheetResult result = run(ui, scene, *input.role);
    if (result.is_closed) input.role.reset();
    return std::move(result.reaction);
  }
  const SettingsTap tap = draw(ui, present(scene, input), input);
  return react(tap, scene, input);
}

}  // namespace pos
