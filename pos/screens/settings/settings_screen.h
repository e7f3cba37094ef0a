// How the till is set up: sections on the left, rows with what they are now on
// the right, devices with their live state. A change is sent at once; the
// register holds to who may. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/orders/rules_sheet.h"
#include "pos/screens/parts/ask_sheet.h"
#include "pos/screens/parts/file_chooser.h"
#include "pos/screens/parts/text_sheet.h"
#include "pos/screens/settings/connect_sheet.h"
#include "pos/screens/settings/fiscal_sheet.h"
#include "pos/screens/settings/mails_sheet.h"
#include "pos/screens/settings/rate_sheet.h"
#include "pos/screens/settings/role_sheet.h"
#include "pos/screens/settings/settings_rows.h"
#include "pos/screens/settings/signing_sheet.h"
#include "pos/screens/settings/staff_sheet.h"
#include "pos/screens/settings/terminal_sheet.h"
#include "pos/screens/settings/touch_sheet.h"
#include "pos/ui/ui.h"

namespace pos {

struct SettingsInput {
  Section section = Section::devices;
  std::string editing;  // key of the row whose sheet is open; empty: none
  TextSheetInput text;
  std::optional<StaffSheetInput> staff;
  std::optional<RoleInput> role;
  std::optional<ConnectInput> connect;
  RulesInput rules;
  std::optional<RateSheetInput> rate;
  std::optional<MailsInput> mails;
  std::optional<TextSheetInput> mail_trial;  // its address is being asked for
  bool shows_terminal = false;               // the sheet of its upkeep
  bool shows_fiscal = false;                 // the sheet of the security device
  std::optional<SigningSheetInput> signing;  // its assistant
  std::optional<FileChooserInput> chooser;   // for the row that is edited
  std::optional<TouchSheetInput> touch;      // the touch screen is being set right
  bool has_looked = false;                   // for printers
  bool saves_support = false;                // the chooser is for the support file
  bool shows_code = false;                   // the recovery code that was made
};

// How something stands, in words, and what may put it right.
struct CheckupRow {
  std::string title, says, action;
  ui::State state = ui::State::ok;
  friend bool operator==(const CheckupRow&, const CheckupRow&) = default;
};

struct DeviceCard {
  ui::Icon icon = ui::icons::none;
  std::string title, second, state_words;
  ui::State state = ui::State::ok;
  std::string action;  // empty: none
  Section page = Section::devices;
  std::optional<core::DeviceTest> test = {};  // what the action tries
  friend bool operator==(const DeviceCard&, const DeviceCard&) = default;
};

struct SettingsView {
  std::string title, second;
  struct Entry {
    std::string label;
    ui::Icon icon = ui::icons::none;
    bool is_selected = false;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> sections;
  std::string back;  // not empty: a device's page, back to the devices
  std::string tune;  // "Set up"
  std::vector<DeviceCard> devices;
  std::string explained;  // above the rows
  std::vector<SettingRow> rows;
  struct Person {
    std::int64_t row = 0;
    std::string name = {}, second = {}, initials = {};
    int category = 1;
    friend bool operator==(const Person&, const Person&) = default;
  };
  std::vector<Person> staff;
  // Below them: the roles, a new role, the training mode.
  struct Extra {
    std::string id, label, second;
    ui::Icon icon = ui::icons::none;
    friend bool operator==(const Extra&, const Extra&) = default;
  };
  std::vector<Extra> extras;
  // What is still open of the first start, and what is done.
  struct Step {
    SetupStep step = SetupStep::country;
    std::string label, second;
    ui::Icon icon = ui::icons::none;
    bool is_done = false;
    friend bool operator==(const Step&, const Step&) = default;
  };
  std::vector<Step> steps;
  std::vector<CheckupRow> checks;
  std::string check_waits;  // not empty: the till is being looked over
  std::string check_again, support_title, support_second, support;
  std::string no_staff, add_staff, add_rate, test_slip, connect, try_rules, upkeep, fiscal;
  std::string try_mail, show_mails, back_up, make_code;
  std::optional<WaysView> code;  // the recovery code, shown once
  std::optional<TextSheetView> text, rate, mail_trial;
  std::optional<MailsView> mails_sheet;
  std::optional<StaffSheetView> staff_sheet;
  std::optional<ConnectView> connect_sheet;
  std::optional<RulesView> rules_sheet;
  std::optional<TerminalSheetView> terminal_sheet;
  std::optional<FiscalSheetView> fiscal_sheet;
  std::optional<ConnectView> signing_sheet;
  std::optional<SettingRow> choice;  // its options as a sheet
  std::string close, empty_value;
  friend bool operator==(const SettingsView&, const SettingsView&) = default;
};

struct SettingsTap {
  enum class Kind : std::uint8_t {
    none,
    section,  // index
    back,
    tune,    // index: of the device
    action,  // index: of the device
    row,     // index
    option,  // index of the row, option
    dismiss,
    confirm_text,
    add_staff,
    connect,
    try_rules,
    person,  // index
    extra,   // index
    add_rate,
    try_mail,
    show_mails,
    upkeep,
    fiscal,
    step,  // index
    back_up,
    make_code,
    code_written,
    check_again,
    mend,  // index
    save_support,
  };
  Kind kind = Kind::none;
  int index = 0, option = 0;
  StaffSheetTap staff = {};
  ConnectTap connect = {};
  RulesTap rules = {};
  TextSheetTap rate = TextSheetTap::none;
  TextSheetTap mail_trial = TextSheetTap::none;
  MailsTap mails = {};
  TerminalSheetTap terminal = {};
  FiscalSheetTap fiscal = {};
  ConnectTap signing = {};
};

HelpTopic help_topic(Section section);

// A scan while the badge of a cashier or a key is asked for; false: neither is.
bool take_typed(const std::string& code, SettingsInput& input);

Questions wants(const Scene& scene, const SettingsInput& input);
SettingsView present(const Scene& scene, const SettingsInput& input);
SettingsTap draw(ui::Ui& ui, const SettingsView& view, SettingsInput& input);
Reaction react(const SettingsTap& tap, const Scene& scene, SettingsInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, SettingsInput& input);

// One section alone, for the first start: its button lies at the right of `title`, its rows in
// `body`, its sheets over all. Returns the width that the button takes.
struct PagePlace {
  ui::Rect title, body;
};
Reaction run_page(ui::Ui& ui, const Scene& scene, SettingsInput& input, const PagePlace& place);
// That button, so that words beside it know their room; 0: there is none.
int page_button_width(ui::Ui& ui, const Scene& scene, const SettingsInput& input);

// A receipt that no order has: umlauts, two tax rates and the shop's own head,
// to see how it comes out.
core::Receipt sample_receipt(const Scene& scene);

}  // namespace pos
