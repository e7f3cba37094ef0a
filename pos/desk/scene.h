// What every screen is given and may answer. A screen is these functions:
//
//   wants(scene, input) -> Questions   what it has to know from the store now;
//                                      the app asks when that changes or is stale
//   present(scene, input) -> View      pure; finished strings and flags, all decisions
//   draw(ui, view, input) -> Tap       widgets only; at most one tap
//   react(tap, scene, input) -> Reaction   pure
//   run(ui, scene, input) -> Reaction  the three in a row, for the app
//
// `input` is the little that this screen alone knows: keyed digits, the page,
// the chosen line. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/commands.h"
#include "core/questions.h"
#include "core/snapshot.h"
#include "drivers/signing/signing_device.h"
#include "drivers/terminal/simulated/simulator.h"
#include "pos/desk/errands.h"
#include "pos/desk/setup_steps.h"
#include "pos/help/page.h"
#include "pos/ui/renderer.h"
#include "pos/ui/text.h"
#include "pos/ui/theme.h"
#include "pos/ui/translate.h"

namespace pos {

enum class Screen : std::uint8_t {
  sign_in,
  sell,
  tender,
  orders,
  order,  // detail
  outbox,
  settings,
  unresolved,  // card payments
  reports,
  shift,
  customers,
  setup,  // the first start
};
std::string_view word(Screen screen);  // "orders", for --screen
std::optional<Screen> screen_from(std::string_view word);

// A page of the help, and what was read of it: no block where there is none.
struct HelpWish {
  HelpTopic topic = HelpTopic::selling;
  Language language = Language::english;
  friend bool operator==(const HelpWish&, const HelpWish&) = default;
};
struct FoundHelp {
  HelpTopic topic = HelpTopic::selling;
  Language language = Language::english;
  HelpPage page;
};

// The latest answer of each kind; empty until it was asked for.
struct Found {
  core::FoundCategories categories;
  core::FoundTiles tiles;
  core::FoundProducts products;
  core::FoundOrders orders;
  core::FoundOrder order;
  core::FoundOutbox outbox;
  core::FoundPrints prints;
  std::optional<core::FoundRules> rules;  // empty: they are being tried
  core::FoundCustomers customers;
  std::optional<core::FoundShift> shift;  // empty: it is being looked up
  std::optional<core::FoundClosings> closings;
  core::FoundVoucher voucher;
  std::optional<core::FoundReport> report;
  core::FoundRecords records;
  core::FoundRecord record;
  std::optional<core::FoundJournal> journal;
  // What came of errands.
  std::optional<FolderList> folder;
  std::optional<ImportAnswer> import;
  std::optional<RestoreAnswer> restore;
  std::optional<BackupCodeMade> backup_code;
  std::optional<FoundHelp> help;
  std::optional<Examined> examined;
};

// How a device or the outside was when it was seen last.
struct DeviceState {
  ui::State state = ui::State::neutral;
  std::string words;          // an English key: "Printer ready"; empty: not tried yet
  bool is_there = true;       // one is set up
  core::Instant seen = {};    // by the minute; 0: it is not known when
  bool is_simulated = false;  // or a folder in the place of a platform or a mail server
  friend bool operator==(const DeviceState&, const DeviceState&) = default;
};

// What has been done lately toward the outside, for the Sync page.
struct SyncProgress {
  core::Instant last_contact;         // 0: none since the start
  std::int64_t sent_last_minute = 0;  // orders, intents and mails that arrived
  std::string work;                   // how far a long pull is: "12,000 products"; empty: none runs
  friend bool operator==(const SyncProgress&, const SyncProgress&) = default;
};

// A connection to a platform that is tried before it is used. The key is kept
// nowhere but in the secrets file.
struct UpstreamTrial {
  std::string kind, address, key;
};
enum class TrialState : std::uint8_t { none, running, good, bad };
struct TrialAnswer {
  TrialState state = TrialState::none;
  std::string words;               // why it is bad: an English key
  std::vector<std::string> found;  // what was found, a line each
};

// What a person wants of the security device (TSE). What is typed is kept nowhere but in the
// secrets file, and the PUK nowhere at all.
struct SigningWish {
  enum class Kind : std::uint8_t { look, keep_keys, set_up, unblock } kind = Kind::look;
  drivers::SigningSetup setup = {};  // without the client
  std::string api_key = {}, api_secret = {};
};
// What became of it.
struct SigningFound {
  TrialState state = TrialState::none;
  std::string words = {};               // why it is bad: an English key
  std::string maker = {}, serial = {};  // of the device that answers
  bool is_new = false;                  // nobody has set it up yet
  std::string puk = {};                 // that was made for it, to be shown once
};

struct Devices {
  DeviceState printer, terminal, sync;
  DeviceState mail;  // the last mail that was handed over, or not
  SyncProgress progress;
  TrialAnswer trial;
  TrialAnswer mail_trial;
  std::string card_progress;     // an English key: what the terminal is doing
  bool asks_for_answer = false;  // the simulated terminal waits for a person
  std::string printer_kind = "simulated";
  drivers::ServiceReport terminal_report;  // of the latest upkeep of the terminal
  bool is_terminal_served = false;         // that upkeep is going on
  DeviceState printer2{ui::State::ok, "", false};
  DeviceState signing{ui::State::neutral, "", false};  // the security device (TSE)
  SigningFound signing_found;
  DeviceState drawer, scanner, display, scale;  // no words: nothing is known yet
  std::optional<core::Quantity> weight;         // on the scale, and may be sold
  DeviceState backup;  // the last one since the start; no words: there was none
  std::vector<FoundPrinter> found_printers;      // when it was looked for them last
  TrialState network_search = TrialState::none;  // bad: no printer answered
  std::vector<std::string> secrets;              // that are kept, by name: "mail.password"
};

// Everything a screen may read.
struct Scene {
  const core::Snapshot& till;
  const Found& found;
  const Devices& devices;
  const Words& words;
  core::Instant instant;
  core::LocalTime now;
  int width = 1280, height = 800;     // base pixels
  std::string pictures_folder;        // of the catalogue's pictures
  std::string last_scan = {};         // the code, of whichever scanner
  std::string templates_folder = {};  // the merchant's own templates of mails
  // For what is shown in another language than the cashier's; none: only his.
  const Translations* translations = nullptr;
  // Why no key or touch can arrive, an English key; null: they can.
  const char* nobody_can_work = nullptr;
};

// How the cashier likes the screens; where nobody has said, as the till.
std::int64_t text_percent(const core::Snapshot& till);
bool is_left_handed(const core::Snapshot& till);

// The shop's mark: its picture, or else the letter that its last word begins with.
struct LogoView {
  std::string letter, path;
  friend bool operator==(const LogoView&, const LogoView&) = default;
};
LogoView shop_logo(const Scene& scene);

// A receipt to be looked at: the runtime draws its slip as a picture.
struct SlipWish {
  core::Receipt receipt;
  core::SlipForm form = core::SlipForm::original;
};

using Questions = std::vector<core::Question>;

// Doors that lead out of this data folder: to the shop to look around in, or to what a backup
// was restored to.
enum class Leaving : std::uint8_t { to_demo, to_restored };

// What a tap leads to.
struct Reaction {
  std::vector<core::Command> commands;
  std::string approval;  // the PIN of who approves the commands; else empty
  std::optional<Screen> go;
  std::optional<core::OrderId> order;  // with go = order: which one
  std::optional<SetupStep> setup;      // with go = setup: this step alone
  std::optional<Leaving> leaving;
  std::optional<drivers::SimulatedAnswer> terminal;  // the simulated terminal's keys
  std::optional<SlipWish> slip;                      // show this slip
  std::optional<SlipWish> sample;                    // draw this one beside what is set
  std::optional<core::Receipt> to_be_read;           // by the customer, as a QR code
  std::optional<std::string> voucher;                // show the one with this number
  std::optional<UpstreamTrial> trial;                // try this connection
  std::optional<std::string> mail_trial;             // send a test mail to this address
  std::optional<std::string> key_to_keep;            // of the platform, in the secrets file
  std::optional<SigningWish> signing;                // of the security device
  std::optional<Errand> errand;                      // with files outside of the store
  std::optional<core::ReportAsk> report_file;        // write this report into a file
  std::optional<std::int64_t> customer_file;         // write down what is kept of this customer
  std::optional<HelpWish> help_page;                 // read this page
  std::optional<Language> language;                  // of the screens, until somebody signs in
  std::string toast;                                 // finished words
  std::string refused;        // the same: what was keyed was not taken, with a sound
  bool asks_help = false;     // what explains this screen; or it is put away
  bool takes_weight = false;  // with a command that sells what is on the scale

  bool is_empty() const {
    return commands.empty() && !go && !setup && !leaving && !terminal && !slip && !sample &&
           !to_be_read && !voucher && !trial && !report_file && !customer_file && !mail_trial &&
           !key_to_keep && !signing && !errand && !asks_help && !help_page && !language &&
           toast.empty() && refused.empty();
  }
};

inline Reaction say(core::Command command) {
  Reaction reaction;
  reaction.commands.push_back(std::move(command));
  return reaction;
}
inline Reaction ask_for_help() {
  Reaction reaction;
  reaction.asks_help = true;
  return reaction;
}
inline Reaction show(Screen screen) {
  Reaction reaction;
  reaction.go = screen;
  return reaction;
}

}  // namespace pos
