// Paying: what is due, what was paid, by which tender and how much of it; a
// card payment in all its phases; leaving an order partly paid; collecting the
// rest of a placed order. An empty amount means the rest (or the next part of
// a split), so that the common tender is one tap. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/cards/card_panel.h"
#include "pos/screens/cards/card_unknown.h"
#include "pos/screens/customers/address_sheet.h"
#include "pos/screens/parts/ask_sheet.h"
#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/text_sheet.h"
#include "pos/screens/sell/discount_sheet.h"
#include "pos/ui/pads.h"
#include "pos/ui/ui.h"

namespace pos {

enum class TenderMethod : std::uint8_t { card, cash, voucher, other };
enum class TenderSheet : std::uint8_t { none, parts, label, tip, unlikely, goods };

struct TenderInput {
  core::OrderId order;  // what all of this is about; another order begins anew
  core::Money paid;     // when it was looked at last
  TenderMethod method = TenderMethod::cash;
  ui::Keyed keyed = {};      // minor units; 0: the rest, or the next part
  int parts = 1;             // the rest is paid in so many equal parts
  core::Money tip = {};      // beside the amount; cash and card only
  std::string label;         // voucher number, or what another tender is
  std::string scanned = {};  // a code that may be a voucher: taken as soon as it is known
  TenderSheet sheet = TenderSheet::none;
  TextSheetInput text;
  std::optional<DiscountInput> discount;  // its sheet is open
  std::optional<AddressInput> address;    // the same: asked before the first payment
  // The last tender that was sent off: a finger that trembles sends one, not two.
  core::Instant sent_at;
  std::uint64_t sent_revision = 0;
  CardPanelInput card;
  CardUnknownInput unknown;
};

struct TenderView {
  bool has_order = true;
  std::string title, about, back;
  std::string discount, discount_why_not;  // on the whole order
  std::string tip, tip_why_not;
  std::string due_label, due, total_label, total, paid_label, paid, status;
  int permille = 0;
  bool is_part_paid = false;
  struct Paid {
    core::TransactionId id = {};
    ui::Icon icon = ui::icons::none;
    int category = 1;
    std::string label = {}, second = {}, amount = {};
    std::string brief = {};   // of `second`, where it has no room
    bool is_received = true;  // else what comes next
    bool can_undo = false;
    friend bool operator==(const Paid&, const Paid&) = default;
  };
  std::string payments_label, undo;
  std::vector<Paid> payments;
  std::string customer, customer_second, initials;
  std::string leave, leave_why_not, leave_explained;
  bool can_leave = false;
  struct Method {
    std::string label, second;
    ui::Icon icon = ui::icons::none;
    ui::State state = ui::State::neutral;
    bool is_selected = false, enabled = true;
    std::string why_not = {};
    std::string brief = {};  // `second` for a narrow column
    friend bool operator==(const Method&, const Method&) = default;
  };
  std::string methods_label;
  std::vector<Method> methods;
  struct Part {
    std::string label, detail;
    bool is_selected = false;
    friend bool operator==(const Part&, const Part&) = default;
  };
  std::string split_label;
  std::vector<Part> parts;  // 2, 3, n
  std::string amount_label, amount, most;
  bool is_refused = false;  // a key was
  struct Quick {
    std::string label = {}, amount = {};  // the amount alone, where the label has no room
    bool is_selected = false;
    friend bool operator==(const Quick&, const Quick&) = default;
  };
  std::vector<Quick> quick;  // amounts; or, for other tenders, what they are
  bool quick_are_labels = false;
  std::string change;  // "Change 2.17", when more cash is given than due
  std::string main;
  ui::Icon main_icon = ui::icons::payments;
  bool can_take = true;
  std::string why_not;
  std::string empty, empty_second, to_sale;
  std::optional<CardPanelView> card;
  std::optional<CardUnknownView> unknown;
  std::optional<TextSheetView> text;
  std::optional<std::vector<Part>> part_choices;  // the sheet of n parts
  std::string parts_title, close;
  // Far more cash than anybody hands over: asked once more.
  std::optional<AskView> unlikely;
  // Left partly paid: whether the goods stay or go along, the usual way first.
  std::optional<WaysView> goods;
  friend bool operator==(const TenderView&, const TenderView&) = default;
};

struct TenderTap {
  enum class Kind : std::uint8_t {
    none,
    back,
    discount,
    tip,
    undo,  // index: of the payment
    leave,
    method,        // index
    part,          // index: of view.parts
    choose_parts,  // index: of the sheet
    key,
    quick,  // index
    take,
    dismiss_sheet,
    confirm_text,
    take_unlikely,
    goods_usual,
    goods_otherwise,
  };
  Kind kind = Kind::none;
  int index = 0;
  ui::PadKey key = ui::PadKey::none;
  CardPanelTap card = CardPanelTap::none;
  CardUnknownTap unknown = CardUnknownTap::none;
};

Questions wants(const Scene& scene, const TenderInput& input);
// What the world changed since the last look: a tender came in, the order went.
Reaction follow(const Scene& scene, TenderInput& input);
TenderView present(const Scene& scene, const TenderInput& input);
TenderTap draw(ui::Ui& ui, const TenderView& view, TenderInput& input);
Reaction react(const TenderTap& tap, const Scene& scene, TenderInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, TenderInput& input);

// What the main action takes now: the keyed amount, the next part, or the rest.
core::Money amount_to_take(const Scene& scene, const TenderInput& input);
// What is owed by this tender: the due, rounded to coins where it is cash.
core::Money owed(const Scene& scene, TenderMethod method);
// The voucher whose number was keyed; nothing: it is not known here, or not looked up yet.
const core::Voucher* keyed_voucher(const Scene& scene, const TenderInput& input);
// What this tender may pay: what is owed, or what is on the voucher that was keyed.
core::Money payable(const Scene& scene, const TenderInput& input);
// Whether a scanned code is looked up as a voucher: not while a card is at the terminal.
bool take_code(const Scene& scene, const std::string& code, TenderInput& input);
// The amounts that can be tapped beside the pad.
std::vector<core::Money> quick_amounts(core::Money rest, TenderMethod method);

}  // namespace pos
