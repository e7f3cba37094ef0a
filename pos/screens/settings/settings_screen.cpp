#include "pos/screens/settings/settings_screen.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/catalogue/gs1.h"
#include "pos/screens/parts/role_words.h"
#include "pos/screens/settings/settings_check.h"
#include "pos/screens/settings/settings_devices.h"
#include "pos/screens/settings/settings_draw.h"
#include "pos/screens/settings/setup_faces.h"

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

void add_steps(const Scene& scene, SettingsView& view) {
  const Words& words = scene.words;
  const std::size_t open = open_steps(scene.till).size();
  view.second = open == 0 ? std::string(words("Nothing is open any more"))
                          : words.fill("{} step is still open", "{} steps are still open",
                                       static_cast<std::int64_t>(open));
  for (const SetupStep step : all_setup_steps) {
    const bool is_done = pos::is_done(scene.till, step);
    view.steps.push_back({step, std::string(words(face_of(step).title)),
                          std::string(words(state_of(scene.till, step))),
                          is_done ? ui::icons::check_circle : ui::icons::radio_button_unchecked,
                          is_done});
  }
}

void add_checks(const Scene& scene, SettingsView& view) {
  const Words& words = scene.words;
  view.check_again = words("Check again");
  if (!scene.found.examined) view.check_waits = words("The till is being looked over …");
  view.checks = check_rows(scene);
  view.support_title = words("Support file");
  view.support_second = words(
      "For whoever helps you: how the till is and what it said, without customers, amounts, "
      "passwords and keys.");
  view.support = words("Onto a stick …");
}

bool has_code(const Scene& scene) {
  return std::ranges::count(scene.devices.secrets, "backup.key") > 0;
}

// How the last one went, or what is still missing.
std::string backup_words(const Scene& scene) {
  const Words& words = scene.words;
  if (!has_code(scene)) {
    return std::string(
        words("First make the recovery code: only with it can a backup be opened on another "
              "machine. It is shown once and kept nowhere else."));
  }
  const DeviceState& backup = scene.devices.backup;
  if (!backup.words.empty()) return std::string(words(backup.words));
  return std::string(
      words("Sealed and read back each time. Whoever finds the stick reads nothing without the "
            "recovery code."));
}

WaysView code_view(const Scene& scene) {
  const Words& words = scene.words;
  const auto& made = scene.found.backup_code;
  WaysView view;
  view.title = words("Recovery code");
  view.main = words("I have written it down");
  view.cancel = words("Close");
  if (!made) {
    view.words = words("The code is being made …");
  } else if (!made->why_not.empty()) {
    view.words = words(made->why_not);
  } else {
    view.words = made->code + "\n\n" +
                 words.fill(
                     "Write it down and keep it away from the till. It opens the backups "
                     "marked {}, and is not shown again.",
                     {made->mark});
  }
  return view;
}

std::string explanation(const Scene& scene, Section section) {
  const Words& words = scene.words;
  switch (section) {
    case Section::backup:
      return backup_words(scene);
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
    case Section::first_country:
      return country_words(scene);
    case Section::tax:
      return std::string(
          words("A changed rate holds for orders from now on; what was sold keeps "
                "the rate of its day."));
    default:
      return "";
  }
}

ui::KeyboardKind keyboard_of(SettingKind kind) {
  if (kind == SettingKind::email || kind == SettingKind::secret) return ui::KeyboardKind::email;
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
  sheet.is_secret = row.kind == SettingKind::secret;
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
  if (input.shows_code) {
    view.code = code_view(scene);
    return;
  }
  if (input.chooser) return;  // it is drawn by itself
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

HelpTopic help_topic(Section section) {
  switch (section) {
    case Section::automations:
      return HelpTopic::orders;
    case Section::mail:
    case Section::mails:
      return HelpTopic::mail;
    case Section::upstream:
      return HelpTopic::platform;
    case Section::staff:
      return HelpTopic::staff;
    case Section::fiscal:
      return HelpTopic::signing;
    case Section::backup:
      return HelpTopic::backup;
    case Section::check:
      return HelpTopic::trouble;
    case Section::shop:
    case Section::tax:
    case Section::till:
    case Section::setup:
    case Section::first_country:
    case Section::first_shop:
      return HelpTopic::setup;
    default:
      return HelpTopic::devices;
  }
}

bool take_typed(const std::string& code, SettingsInput& input) {
  const std::string_view typed = core::without_symbology(code);
  if (input.staff && input.staff->step == StaffStep::badge) {
    input.staff->badge.value = typed;
  } else if (input.connect && input.connect->step == ConnectStep::key) {
    input.connect->text.value = typed;
  } else if (input.editing.starts_with("secret#")) {
    input.text.value = typed;
  } else {
    return false;
  }
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
  if (input.section == Section::setup) add_steps(scene, view);
  if (input.section == Section::check) add_checks(scene, view);
  if (input.section == Section::backup) {
    const bool can = has_code(scene) && !scene.till.settings.backup.folder.empty();
    (can ? view.back_up : view.make_code) = words(can               ? "Back up now"
                                                  : has_code(scene) ? "New recovery code"
                                                                    : "Make the recovery code");
  }
  if (input.section == Section::upstream) view.connect = words("Connect …");
  if (input.section == Section::automations) view.try_rules = words("Try it out");
  if (input.section == Section::mail) {
    view.try_mail = words("Send a test mail …");
    if (const std::string told = mail_trial_words(scene); !told.empty()) view.explained = told;
  }
  const bool shows_fiscal =
      input.section == Section::fiscal || input.section == Section::first_country;
  if (shows_fiscal && scene.till.signing.is_wanted) {
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

}  // namespace

Reaction try_device(const Scene& scene, std::size_t index, SettingsInput& input) {
  const DeviceCard device = device_cards(scene)[index];
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

namespace {

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

Reaction run_errand(Errand errand) {
  Reaction reaction;
  reaction.errand = std::move(errand);
  return reaction;
}

// A secret stays nowhere but in its file.
Reaction keep(const Scene& scene, const SettingRow& row, SettingsInput& input) {
  Reaction reaction = run_errand(secret_of(row, input.text.value));
  input.text = {};
  reaction.toast = scene.words("Kept. Now try whether it is right.");
  return reaction;
}

// The file or the folder for the row that is edited.
Reaction run_chooser(ui::Ui& ui, const Scene& scene, SettingsInput& input) {
  const bool is_picture = !input.chooser->endings.empty(), is_support = input.saves_support;
  FileChoice choice = run(ui, scene, *input.chooser,
                          scene.words(is_picture   ? "Choose the logo"
                                      : is_support ? "Where to put the support file"
                                                   : "Folder for backups"));
  if (choice.is_closed) {
    input.chooser.reset();
    input.editing.clear();
    input.saves_support = false;
  }
  if (choice.path.empty()) return std::move(choice.reaction);
  if (is_support) return run_errand(WriteSupport{choice.path, device_lines(scene)});
  if (is_picture) return run_errand(TakeLogo{choice.path});
  return say(core::ChangeSetting{"backup.folder", choice.path});
}

void open(Section section, SettingsInput& input) {
  input.section = section;
  input.editing.clear();
  input.has_looked = false;
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
      return try_device(scene, index, input);
    case SettingsTap::Kind::row:
      if (rows[index].kind == SettingKind::rate) {
        const std::size_t others = rows.size() - scene.till.settings.money.rates.size();
        input.rate = change_rate(scene, index - others);
        return {};
      }
      if (rows[index].kind == SettingKind::found) {
        const auto& found = scene.devices.found_printers;
        const auto printer = std::ranges::find(found, rows[index].value, &FoundPrinter::address);
        if (printer == found.end()) return {};  // it was pulled out meanwhile
        Reaction reaction = say(core::ChangeSetting{"printer.address", printer->address});
        reaction.commands.emplace_back(core::ChangeSetting{"printer.kind", printer->kind});
        return reaction;
      }
      if (rows[index].key == set_touch) {
        input.touch = TouchSheetInput{};
        return {};
      }
      if (rows[index].key == look_in_network) {
        if (scene.devices.network_search == TrialState::running) return {};
        return run_errand(FindPrinters{.in_network = true});
      }
      input.editing = rows[index].key;
      input.text = {.value = rows[index].value, .keyboard = {}};
      if (rows[index].kind == SettingKind::picture) {
        input.chooser = FileChooserInput{{".png", ".jpg", ".jpeg"}};
      } else if (rows[index].kind == SettingKind::folder) {
        input.chooser = FileChooserInput{};
      }
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
    case SettingsTap::Kind::step: {
      Reaction reaction = show(Screen::setup);
      if (index < all_setup_steps.size()) reaction.setup = all_setup_steps[index];
      return reaction;
    }
    case SettingsTap::Kind::back_up:
      return run_errand(BackUpNow{});
    case SettingsTap::Kind::make_code:
      input.shows_code = true;
      return run_errand(MakeBackupCode{});
    case SettingsTap::Kind::code_written:
      input.shows_code = false;
      return {};
    case SettingsTap::Kind::check_again:
      return run_errand(ExamineTill{scene.words.language()});
    case SettingsTap::Kind::mend:
      return mend(scene, index, input);
    case SettingsTap::Kind::save_support:
      input.saves_support = true;
      input.chooser = FileChooserInput{};
      return {};
    case SettingsTap::Kind::confirm_text:
      break;
  }
  for (const SettingRow& row : rows) {
    if (row.key != input.editing) continue;
    input.editing.clear();
    if (row.kind == SettingKind::secret) return keep(scene, row, input);
    return change(scene, row, input.text.value, input);
  }
  return {};
}

namespace {

// `draw_it` draws the page in its place.
template <class DrawIt>
Reaction run_with(ui::Ui& ui, const Scene& scene, SettingsInput& input, const DrawIt& draw_it) {
  if (Reaction settled = settle(scene, input.rules); !settled.is_empty()) return settled;
  const bool was_choosing = input.chooser.has_value(), is_touching = input.touch.has_value();
  const SettingsTap tap = draw_it(present(scene, input));
  // From the frame after its tap on: the release of that tap lies beside it.
  if (was_choosing) return run_chooser(ui, scene, input);
  if (is_touching) {
    SheetResult result = run(ui, scene, *input.touch);
    if (result.is_closed) input.touch.reset();
    return std::move(result.reaction);
  }
  if (!input.role) {
    Reaction reaction = react(tap, scene, input);
    const bool finds = input.section == Section::printer, checks = input.section == Section::check;
    if (input.has_looked || !(finds || checks) || !reaction.is_empty()) return reaction;
    input.has_looked = true;
    if (checks) return run_errand(ExamineTill{scene.words.language()});
    return run_errand(FindPrinters{});
  }
  // The page stands behind its sheet and takes no touch.
  SheetResult result = run(ui, scene, *input.role);
  if (result.is_closed) input.role.reset();
  return std::move(result.reaction);
}

}  // namespace

Reaction run(ui::Ui& ui, const Scene& scene, SettingsInput& input) {
  return run_with(ui, scene, input,
                  [&](const SettingsView& view) { return draw(ui, view, input); });
}

Reaction run_page(ui::Ui& ui, const Scene& scene, SettingsInput& input, const PagePlace& place) {
  return run_with(ui, scene, input,
                  [&](const SettingsView& view) { return draw_page(ui, place, view, input); });
}

int page_button_width(ui::Ui& ui, const Scene& scene, const SettingsInput& input) {
  return title_button_width(ui, present(scene, input));
}

}  // namespace pos
