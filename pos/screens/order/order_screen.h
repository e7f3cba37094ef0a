// One order in detail: its lines and totals, what was paid and is still due,
// whether it was handed over, its receipts, and who did what when. Opening a
// new online order marks it as seen; it keeps its badge while it is looked at.
#pragma once

#include <variant>

#include "pos/desk/scene.h"
#include "pos/screens/order/cancel_sheet.h"
#include "pos/screens/order/capture_sheet.h"
#include "pos/screens/order/card_refund_sheet.h"
#include "pos/screens/order/conflict_sheet.h"
#include "pos/screens/order/fulfil_sheet.h"
#include "pos/screens/order/mail_sheet.h"
#include "pos/screens/order/order_menu.h"
#include "pos/screens/order/refund_sheet.h"
#include "pos/screens/parts/ask_sheet.h"
#include "pos/screens/parts/badges.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/sell/customer_sheet.h"

namespace pos {

// The three dots are open.
struct MenuInput {
  bool is_mails = false;  // its second page: which mail is sent again
};
// Words that are keyed: a note, who fetched the goods, a parcel's number.
enum class OrderEntry : std::uint8_t { note, hand_over, tracking, download };
struct EntryInput {
  OrderEntry what = OrderEntry::note;
  TextSheetInput text = {};
  std::optional<FulfilInput> back = {};  // the sheet that it came from
  std::string sku = {};                  // of a download
};
struct OrderTap {
  enum class Kind : std::uint8_t {
    none,
    back,
    print,
    menu,
    previous,
    next,
    mend,
    capture,
    collect,
    refund,
    tracking,
    notify,
    fulfil_some,
    fulfil,
    ready,
    hand_over,
    archive,
    reopen,
    all_steps,
    note,
    receipt,
    line,
  };
  Kind kind = Kind::none;
  std::size_t index = 0;  // of the receipt or the line in the view
};

// A step that costs money or goods, of an order that needs attention.
struct AskInput {
  OrderTap step;
};
using OrderSheet = std::variant<std::monostate, MenuInput, CaptureInput, FulfilInput, RefundInput,
                                CancelInput, CustomerInput, EntryInput, ConflictInput, AskInput>;

struct OrderInput {
  core::OrderId order;
  bool was_new = false;       // when it was opened
  core::OrderId marked = {};  // was told to be seen
  std::int64_t place = -1;    // in the list of the Orders page; -1: not in it
  MailInput mail = {};
  std::uint64_t told_refund = 0;  // the count of the refund that was read last
  CardRefundInput card = {};      // over all sheets, while the terminal gives money back
  ParcelInput parcel = {};        // what the next fulfilment says
  OrderSheet sheet = {};          // at most one is open
  int content_height = 0;         // of what scrolls, as drawn last
};

// The screen shows another order from now on.
void open_order(OrderInput& input, core::OrderId order);

struct OrderLineView {
  std::string title, second, price, amount, old_amount;
  std::string picture, initials;
  int category = 1;
  bool comes_back = false;  // a tap begins its return
  friend bool operator==(const OrderLineView&, const OrderLineView&) = default;
};

struct FactView {
  std::string label, value;
  friend bool operator==(const FactView&, const FactView&) = default;
};

// Something with an icon, two lines and a value at its right.
struct EntryView {
  ui::Icon icon = ui::icons::none;
  std::string title = {}, second = {}, value = {};
  ui::State state = ui::State::neutral;
  friend bool operator==(const EntryView&, const EntryView&) = default;
};

struct ReceiptView {
  std::size_t index = 0;  // in the detail
  std::string code, second, amount;
  friend bool operator==(const ReceiptView&, const ReceiptView&) = default;
};

struct OrderView {
  bool is_there = false;
  Emptiness emptiness;  // when it is not there
  std::string number;
  BadgeView order, payment, fulfilment, sync;
  std::string back, print, menu, previous, next;              // names of the buttons
  std::string print_why_not, previous_why_not, next_why_not;  // empty: enabled
  // What is wrong with it, or why the upstream refused it, and what to do.
  std::string trouble, advice, mend;
  ui::State trouble_state = ui::State::bad;

  std::string lines_title, origin;
  std::vector<OrderLineView> lines;
  std::vector<FactView> facts;
  FactView total;
  std::string note;

  // Buttons without words are not offered. What waits is an intent that the
  // upstream has not confirmed yet.
  std::string payment_title;
  std::vector<FactView> payments, sums;
  EntryView expiry;  // of the authorisation; no words: none
  std::string capture, collect, refund;
  std::vector<EntryView> payment_waits;

  std::string fulfilment_title;
  std::vector<EntryView> handover;
  bool has_parcel = false;  // its label can be noted
  std::string tracking, notify, notify_why_not, fulfil_some, fulfil, ready, hand_over;
  bool tells_customer = true;
  std::vector<EntryView> fulfilment_waits;

  std::string completion_title, steps_left;
  std::string archive, archive_why_not, reopen, all_steps;
  std::vector<EntryView> completion_waits;
  enum class Main : std::uint8_t { none, money, goods, archive } main = Main::none;

  std::string receipts_title;
  std::vector<ReceiptView> receipts;

  std::string timeline_title, add_note;
  std::vector<EntryView> timeline;  // value: who
  friend bool operator==(const OrderView&, const OrderView&) = default;
};

Questions wants(const Scene& scene, const OrderInput& input);
OrderView present(const Scene& scene, const OrderInput& input);
OrderTap draw(ui::Ui& ui, const OrderView& view, OrderInput& input);
Reaction react(const OrderTap& tap, const Scene& scene, OrderInput& input);
// The sheet that is open, if any.
Reaction run_sheet(ui::Ui& ui, const Scene& scene, const core::OrderDetail& detail,
                   OrderInput& input);
// `of`: what the verb is about, as in its row of the menu.
Reaction choose(OrderVerb verb, const Scene& scene, const core::OrderDetail& detail,
                OrderInput& input, std::size_t of = 0);
// The label of a parcel was scanned: it is the tracking number of what leaves
// next. False: nothing is to leave, and it was no label.
bool take_label(const Scene& scene, const std::string& code, OrderInput& input);
// Does what was tapped, without asking again.
Reaction act(const OrderTap& tap, const Scene& scene, const core::OrderDetail& detail,
             OrderInput& input);
// What explains what is open.
HelpTopic help_topic(const OrderInput& input);
// Whether a scanned code may be posted now: nothing is being keyed.
bool takes_scan(const Scene& scene, const OrderInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, OrderInput& input);

}  // namespace pos
