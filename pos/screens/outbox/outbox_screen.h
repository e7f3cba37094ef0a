// The Sync page: how the way to the platform is, and what has not got out of
// the till yet: slips that are not on paper, orders, intents and mails that the
// outside has not confirmed. Each says why in words and has its way out: print
// again, on the other printer, by mail, as a QR code, or drop; mend, resend. What is only waiting
// is tried again by itself, and at once on demand.
#pragma once

#include "pos/desk/scene.h"
#include "pos/screens/order/mail_sheet.h"
#include "pos/screens/parts/badges.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/settings/connect_sheet.h"

namespace pos {

struct OutboxInput {
  std::int64_t limit = 100;                  // rows asked for; grows as one scrolls down
  int content_height = 0;                    // of what scrolls, as drawn last
  std::int64_t mailed_print = 0;             // the slip whose receipt is to be mailed; 0: none
  MailInput mail;                            // asks where to
  std::optional<ConnectInput> connect = {};  // asks for the platform's key
};

struct OutboxRowView {
  std::int64_t row = 0;  // of the outbox, or of the print job
  core::OrderId order;
  ui::Icon icon = ui::icons::none;
  std::string title, second, reason;
  ui::State state = ui::State::neutral;  // of the reason
  BadgeView badge;
  std::string action, other;        // the buttons; empty: none
  std::string elsewhere, mail, qr;  // the other ways of a slip; empty: not open to it
  // What the first button does, where it is not what its section does.
  enum class First : std::uint8_t { as_section, drop };
  First first = First::as_section;
  bool is_card = false;  // a slip of the card terminal: `row` counts those
  friend bool operator==(const OutboxRowView&, const OutboxRowView&) = default;
};

struct OutboxSection {
  std::string title;
  std::vector<OutboxRowView> rows;
  friend bool operator==(const OutboxSection&, const OutboxSection&) = default;
};

// One figure at the top of the page.
struct SyncFact {
  ui::Icon icon = ui::icons::none;
  std::string label, value;
  ui::State state = ui::State::neutral;
  friend bool operator==(const SyncFact&, const SyncFact&) = default;
};

struct OutboxView {
  std::string title, back, sync_word;
  std::vector<BadgeView> counts;
  std::vector<SyncFact> facts;
  std::string work;  // what takes long, with how far it is; empty: nothing
  std::string explanation;
  // Why the platform cannot be reached, and the button that mends it, if a key does.
  std::string trouble, enter_key;
  std::optional<ConnectView> key_sheet;
  OutboxSection aside, prints, stuck, open, done;
  std::string more;  // how many of all are shown; empty: all
  Emptiness emptiness;
  bool has_more = false;
  friend bool operator==(const OutboxView&, const OutboxView&) = default;
};

struct OutboxTap {
  enum class Kind : std::uint8_t {
    none,
    back,
    sync,
    order,
    resend,
    print,
    drop,
    elsewhere,
    mail,
    qr,
    mend,
    enter_key,
    print_card,
    drop_card,
    again  // `row` is the place among what was put aside
  };
  Kind kind = Kind::none;
  std::int64_t row = 0;
  core::OrderId order = {};
  ConnectTap key = {};
};

Questions wants(const Scene& scene, const OutboxInput& input);
OutboxView present(const Scene& scene, const OutboxInput& input);
OutboxTap draw(ui::Ui& ui, const OutboxView& view, OutboxInput& input);
Reaction react(const OutboxTap& tap, const Scene& scene, OutboxInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, OutboxInput& input);

}  // namespace pos
