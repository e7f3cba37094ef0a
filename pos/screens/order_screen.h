// One order in detail: its lines and totals, what was paid and is still due,
// whether it was handed over, its receipts, and who did what when. Opening a
// new online order marks it as seen; it keeps its badge while it is looked at.
#pragma once

#include "pos/screens/badges.h"
#include "pos/screens/mail_sheet.h"
#include "pos/screens/page.h"
#include "pos/screens/scene.h"

namespace pos {

struct OrderInput {
  core::OrderId order;
  bool was_new = false;       // when it was opened
  core::OrderId marked = {};  // was told to be seen
  std::int64_t place = -1;    // in the list of the Orders page; -1: not in it
  MailInput mail = {};
  int content_height = 0;  // of what scrolls, as drawn last
};

// The screen shows another order from now on.
void open_order(OrderInput& input, core::OrderId order);

struct OrderLineView {
  std::string title, second, price, amount, old_amount;
  std::string picture, initials;
  int category = 1;
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
  std::string back, print, mail, previous, next;                            // names of the buttons
  std::string print_why_not, mail_why_not, previous_why_not, next_why_not;  // empty: enabled
  std::string trouble, mend;  // why the upstream refused it

  std::string lines_title, origin;
  std::vector<OrderLineView> lines;
  std::vector<FactView> facts;
  FactView total;
  std::string note;

  std::string payment_title;
  std::vector<FactView> payments, sums;
  std::string collect;  // empty: nothing to collect

  std::string fulfilment_title;
  std::vector<EntryView> handover;

  std::string receipts_title, no_receipts;
  std::vector<ReceiptView> receipts;

  std::string timeline_title;
  std::vector<EntryView> timeline;  // value: who
  friend bool operator==(const OrderView&, const OrderView&) = default;
};

struct OrderTap {
  enum class Kind : std::uint8_t {
    none,
    back,
    print,
    mail,
    previous,
    next,
    mend,
    collect,
    receipt,
  };
  Kind kind = Kind::none;
  std::size_t index = 0;  // of the receipt in the view
};

Questions wants(const Scene& scene, const OrderInput& input);
OrderView present(const Scene& scene, const OrderInput& input);
OrderTap draw(ui::Ui& ui, const OrderView& view, OrderInput& input);
Reaction react(const OrderTap& tap, const Scene& scene, OrderInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, OrderInput& input);

}  // namespace pos
